"""Three editors write, tick, create, remove, move, undo and put back in any order: no accepted word is lost, none is
written over by somebody who had not seen it."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien.web.plans.changes import taken_back
from caitien.web.plans.editing import (
    RowGone,
    change,
    create_actions,
    move_action,
    new_batch,
    remove_actions,
    save_edit,
    version_of,
)
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.moments import now_of
from caitien.web.plans.restoring import restore
from caitien.web.plans.undoing import undo_batch
from caitien.web.plans.values import store
from caitien.web.schools.not_now import NotNow
from web.invented import make_user, plan_value

FIELDS = ("content", "measures", "budget")
serial = count(1)
DEEDS = ["look", "tick", "money", "create", "remove", "move", "undo", "undo_batch", "restore", "many"]
steps = st.lists(
    st.tuples(
        st.sampled_from(["save"] * 6 + DEEDS),
        st.integers(0, 2),  # who
        st.integers(0, 3),  # which row
        st.sampled_from(("content", "content", "measures", "budget")),
        st.booleans(),  # shown a clash she keeps her words
    ),
    min_size=12,  # so that they meet: two who write in one field of one row
    max_size=30,
)


def cell(row, field):
    return tuple(row.measures) if field == "measures" else row.budget_text if field == "budget" else getattr(row, field)


class School:
    """The plan, its three editors, what each of them saw and what was accepted of her."""

    def __init__(self, school, users) -> None:
        self.school, self.users = school, users
        self.plan = store(school, plan_value(2), users[0])
        self.seen: list[dict] = [{}, {}, {}]  # editor -> row -> the row as she saw it
        self.accepted: list[tuple] = []  # (editor, row, field, words)
        self.ticked: list[tuple] = []  # (editor, row, mark)
        self.batches: list = []
        self.moments: list = []
        for who in range(3):
            self.look(who)

    def rows(self) -> list[Action]:
        return list(Action.everything.filter(plan=self.plan).order_by("position", "id"))

    def present(self) -> list[Action]:
        return [row for row in self.rows() if row.removed_at is None]

    def look(self, who: int) -> None:
        from django.utils import timezone

        self.seen[who] = {row.pk: row for row in self.present()}
        self.mark = now_of(Plan.objects.select_related("school").get(pk=self.plan.pk)).mark
        self.looker = who
        self.moments.append(timezone.now())

    def columns(self, field: str, words: str) -> dict:
        if field == "measures":
            return {"measures": [words, f"{words} lần hai"]}
        if field == "budget":
            return {"budget_text": words, "budget_vnd": None}
        return {field: words}

    def save(self, who: int, which: int, field: str, keep: bool, batch=None) -> None:
        if not self.seen[who]:
            return
        key = list(self.seen[who])[which % len(self.seen[who])]
        words = f"lời {next(serial)}"
        for _try in range(2):
            saw = self.seen[who][key]
            base = version_of(Action.everything.get(pk=key), saw.version)
            assert cell(base, field) == cell(saw, field)
            was = Action.everything.get(pk=key)
            try:
                outcome = save_edit(
                    self.school, key, {field: self.columns(field, words)}, base=base, user=self.users[who], batch=batch
                )
            except RowGone:
                return
            if outcome.changed:
                assert cell(was, field) == cell(saw, field), "written over without having been seen"
                self.accepted.append((who, key, field, cell(outcome.row, field)))
                self.seen[who][key] = Action.everything.get(pk=key)
                return
            assert outcome.clashes
            assert cell(outcome.row, field) == cell(was, field)
            self.seen[who][key] = Action.everything.get(pk=key)  # both texts are shown
            if not keep:
                return

    def tick(self, who: int, which: int) -> None:
        rows = self.present()
        if not rows or not rows[which % len(rows)].measures:
            return
        row = rows[which % len(rows)]
        mark = f"dấu {next(serial)}"
        # as the page does: the mark goes to the words as they are in the held row
        done = change(
            self.school,
            row.pk,
            lambda held: {"measures_done": [*held.measures_done, {"text": held.measures[0], "on": None, "by": mark}]},
            user=self.users[who],
        )
        assert [one["by"] for one in done.row.measures_done][:-1] == [one["by"] for one in row.measures_done]
        self.ticked.append((who, row.pk, mark))

    def money(self, who: int, which: int) -> None:
        """Budget lines are saved: the amount follows, but not over words that she did not see."""
        if not self.seen[who]:
            return
        key = list(self.seen[who])[which % len(self.seen[who])]
        saw = self.seen[who][key]
        base = version_of(Action.everything.get(pk=key), saw.version)
        was = Action.everything.get(pk=key)
        lines = [{"amount_vnd": next(serial) * 1000, "source": "Ngân sách", "spent_vnd": None, "note": ""}]
        try:
            outcome = save_edit(
                self.school, key, {"budget_lines": {"budget_lines": lines}}, base=base, user=self.users[who]
            )
        except RowGone:
            return
        if outcome.changed:
            assert cell(was, "budget") in (cell(saw, "budget"), cell(outcome.row, "budget"))
        self.seen[who][key] = Action.everything.get(pk=key)

    def undo(self, who: int, which: int) -> None:
        lines = list(Action.history.filter(plan=self.plan, version__gt=1).order_by("-history_date")[:6])
        if not lines:
            return
        after = lines[which % len(lines)]
        before = Action.history.filter(id=after.id, version=after.version - 1).first()
        was = Action.everything.get(pk=after.id)
        try:
            outcome = save_edit(
                self.school, after.id, taken_back(after, before), base=after, user=self.users[who], reason="Hoàn tác"
            )
        except RowGone:
            return
        if outcome.changed:
            for field in FIELDS:
                if cell(outcome.row, field) != cell(was, field):
                    assert cell(was, field) == cell(after, field), "undone over what was written since"

    def undo_many(self, who: int, which: int) -> None:
        if not self.batches:
            return
        batch = self.batches[which % len(self.batches)]
        shown: dict = {}
        for line in Action.history.filter(batch=batch):
            shown.setdefault(line.id, []).append(line)
        was = {row.pk: row for row in self.rows()}
        done = undo_batch(self.plan, batch, user=self.users[who], reason="Hoàn tác")
        assert done is not None
        for row in self.rows():
            for field in FIELDS:
                if cell(row, field) != cell(was[row.pk], field):
                    assert cell(was[row.pk], field) in {cell(line, field) for line in shown[row.pk]}
            if row.removed_at and not was[row.pk].removed_at:  # nobody else wrote in it since
                newest = max(line.version for line in shown[row.pk])
                since = Action.history.filter(id=row.pk, version__gt=newest, version__lte=was[row.pk].version)
                assert not since.exclude(history_user=self.users[who]).exists()
        if done.rows:
            self.batches.append(done.batch)

    def put_back(self, who: int, which: int) -> None:
        at = self.moments[which % len(self.moments)]
        plan = Plan.objects.select_related("school").get(pk=self.plan.pk)
        fresh = now_of(plan).mark == self.mark
        try:
            done = restore(plan, at, seen=self.mark, user=self.users[who], reported=bool(which % 2))
        except NotNow:
            assert not fresh
            return
        assert fresh, "put back over what nobody had looked at"
        if done.rows:
            self.batches.append(done.batch)

    def check(self) -> None:
        now = {row.pk: row for row in self.rows()}
        lines: dict = {}
        for line in Action.history.filter(plan=self.plan).order_by("version"):
            lines.setdefault(line.id, []).append(line)
        for who, key, field, words in self.accepted:
            assert words == cell(now[key], field) or any(
                cell(line, field) == words and line.history_user_id == self.users[who].pk for line in lines[key]
            ), f"{words} is nowhere"
        for who, key, mark in self.ticked:
            assert any(
                mark in [one["by"] for one in line.measures_done] and line.history_user_id == self.users[who].pk
                for line in lines[key]
            )
        for key, row in now.items():  # the history is whole: a line for every version, the newest is the row
            assert [line.version for line in lines[key]] == list(range(1, row.version + 1))
            assert all(cell(lines[key][-1], field) == cell(row, field) for field in FIELDS)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_whatever_the_order_of_three_editors(school, secretary, steps):
    from caitien.web.accounts.models import User

    users = [secretary]
    for name in ("hieu-truong-2", "pho-2"):
        users.append(User.objects.filter(username=name).first() or make_user(name, name, school, "chair"))
    world = School(school, users)
    for what, who, which, field, keep in steps:
        if what == "look":
            world.look(who)
        elif what == "save":
            world.save(who, which, field, keep)
        elif what == "many":  # one change of many rows at once
            batch = new_batch()
            before = len(world.accepted)
            for row in range(3):
                world.save(who, row, field, keep, batch=batch)
            if len(world.accepted) > before:
                world.batches.append(batch)
        elif what == "tick":
            world.tick(who, which)
        elif what == "money":
            world.money(who, which)
        elif what == "create":
            rows, batch = world.present(), new_batch()
            words = f"mới {next(serial)}"
            after = rows[which % len(rows)] if rows else None
            made = create_actions(
                world.plan, [{"content": words}, {"content": f"{words} b"}], after=after, user=users[who], batch=batch
            )
            world.accepted += [(who, row.pk, "content", row.content) for row in made]
            world.batches.append(batch)
        elif what == "remove":
            if rows := world.present():
                batch = new_batch()
                remove_actions(world.plan, [rows[which % len(rows)].pk], user=users[who], batch=batch)
                world.batches.append(batch)
        elif what == "move":
            if rows := world.present():
                after = rows[(which + 1) % len(rows)].pk if keep else None
                move_action(world.plan, rows[which % len(rows)].pk, after=after, user=users[who])
        elif what == "undo":
            world.undo(who, which)
        elif what == "undo_batch":
            world.undo_many(who, which)
        else:
            world.put_back(who, which)
    world.check()


def test_two_ticks_at_once_are_both_there(plan, secretary):
    """Each holds the row while she ticks: the second sees the first's tick."""
    action = plan.actions.first()
    for words in action.measures:
        change(
            plan.school,
            action.pk,
            lambda row, words=words: {"measures_done": [*row.measures_done, {"text": words, "on": None, "by": None}]},
            user=secretary,
        )
    action.refresh_from_db()
    assert [one["text"] for one in action.measures_done] == action.measures


def test_who_writes_in_a_row_that_was_taken_away_is_told_and_keeps_her_words(browser, plan, school):
    from django.urls import reverse

    action = plan.actions.first()
    deputy = make_user("pho", "Mùa A Sình", school, "vice_chair")
    url = reverse("plans:action_field", args=[school.slug, plan.pk, action.pk, "content"])
    base = Action.objects.get(pk=action.pk)
    remove_actions(plan, [action.pk], user=deputy)
    with pytest.raises(RowGone, match="Mùa A Sình"):
        save_edit(school, action.pk, {"content": {"content": "Đang gõ"}}, base=base, user=None)
    assert browser.post(url, {"version": 1, "content": "Đang gõ"}).status_code in (404, 409)


def test_the_amount_of_new_lines_does_not_go_over_words_written_meanwhile(plan, secretary):
    action = plan.actions.first()
    base = Action.objects.get(pk=action.pk)
    save_edit(
        plan.school,
        action.pk,
        {"budget": {"budget_text": "3 triệu", "budget_vnd": 3_000_000}},
        base=base,
        user=secretary,
    )
    lines = [{"amount_vnd": 1_000, "source": "Ngân sách", "spent_vnd": None, "note": ""}]
    outcome = save_edit(plan.school, action.pk, {"budget_lines": {"budget_lines": lines}}, base=base, user=secretary)
    assert [clash.field for clash in outcome.clashes] == ["budget"]
    action.refresh_from_db()
    assert (action.budget_text, action.budget_lines) == ("3 triệu", [])
