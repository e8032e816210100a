"""A year of the demo's main school: its people amend, tick, report and talk, in the days before the demo is made.

What they write is in samples/dung-thu/suoi-lim.yaml. Everything goes through the services that the pages use; only the
clock of this process is set back while they do, so that histories, reports and steps have days that follow each other.
All or nothing: a demo that was stopped half way has none of it, and goes on.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone

WRITTEN = Path(__file__).resolve().parents[3] / "samples" / "dung-thu" / "suoi-lim.yaml"
IMPORTED, LAST_YEAR, EXTENDED, IN_FORCE = -110, -100, -78, -66
"""Days from today: files brought in, last year's plan reported and closed, this year's extended, put in force."""
NO_MONEY = "Không"


class Calendar:
    """Days counted from the day of the demo, and the clock that is set to them: later calls are never earlier."""

    def __init__(self) -> None:
        self.today: date = timezone.localdate()
        self._last: datetime | None = None

    def day(self, number: int) -> date:
        return self.today + timedelta(days=number)

    @contextmanager
    def at(self, number: int) -> Iterator[None]:
        """The clock of this process stands at a working hour of that day, and runs on."""
        real, started = timezone.now, timezone.now()
        morning = datetime.combine(self.day(number), datetime.min.time(), timezone.get_current_timezone())
        begin = morning + timedelta(hours=7, minutes=20 + -number * 37 % 400)
        if self._last is not None:
            begin = max(begin, self._last + timedelta(minutes=4))
        with patch.object(timezone, "now", lambda: begin + (real() - started)):
            yield
        self._last = begin + (real() - started)


def written() -> dict[str, Any]:
    """What the people of the school write, as the file says it."""
    import yaml

    return dict(yaml.safe_load(WRITTEN.read_text("utf-8")))


def live(school: Any, people: dict[str, Any], calendar: Calendar) -> None:
    """The school's year, once. `people`: user name -> user."""
    from caitien.web.plans.models import Plan

    plans = list(Plan.objects.for_school(school).select_related("year").order_by("year__name"))
    if not plans or any(plan.state != Plan.State.DRAFT for plan in plans):
        return
    said = written()
    chair, secretary = people["hieu-truong"], people["thu-ky"]
    with transaction.atomic():
        plan = _plan_of_this_year(plans, secretary, calendar)
        for old in (one for one in plans if one.pk != plan.pk):
            _close(old, said["last_year"], chair, secretary, calendar)
        with calendar.at(EXTENDED):
            _extend(plan, said["actions"], secretary, calendar)
        for number, kind, user in (
            (-72, "submitted", secretary),
            (-68, "approved", chair),
            (IN_FORCE, "put_in_force", chair),
        ):
            with calendar.at(number):
                _step(plan, kind, user)
        plan.refresh_from_db()
        _people(school, said, chair, calendar)
        events = [
            *_reports(plan, said, people, calendar),
            *_amendment(plan, said["amendment"], chair, secretary, calendar),
        ]
        for number, event in sorted(events, key=lambda one: one[0]):
            with calendar.at(number):
                event()


def submit(plan: Any, user: Any, note: str) -> None:
    """The plan of another school is submitted and waits for its chair."""
    if plan.state == "draft":
        _step(plan, "submitted", user, note)


def draft_next_year(plan: Any, user: Any, today: date) -> Any:
    """The next year of a plan as a draft whose decisions wait; for the present school year where it can be. None: there."""
    from caitien.web.plans import next_year
    from caitien.web.plans.models import Action, Issue

    years = next_year.years_after(plan.head.get("school_year"))
    to_year = school_year(today) if school_year(today) in years else years[0]
    if next_year.plans_of_year(plan.school, to_year):
        return None
    framework = next_year.framework_choices(plan.school.level or None, to_year, plan.framework)[0].id
    rows = list(Action.objects.for_school(plan.school).filter(plan=plan))
    issues = list(Issue.objects.for_school(plan.school).filter(plan=plan))
    made = next_year.proposed(plan, rows, issues, to_year=to_year, framework=framework, today=today, new_year=None)
    return next_year.make(plan, made, user)


def school_year(day: date) -> str:
    """The school year that a day is in; from August on the next one."""
    first = day.year if day.month > 7 else day.year - 1
    return f"{first}-{first + 1}"


def _plan_of_this_year(plans: list[Any], user: Any, calendar: Calendar) -> Any:
    newest = plans[-1]
    if newest.head.get("school_year", "") < school_year(calendar.today):
        with calendar.at(EXTENDED - 1):
            return draft_next_year(newest, user, calendar.today) or newest
    return newest


def _step(plan: Any, kind: str, user: Any, note: str = "") -> None:
    from caitien.web.plans.life import take_step

    take_step(plan, kind, user=user, note=note)


def _close(plan: Any, words: dict[str, list[str]], chair: Any, secretary: Any, calendar: Calendar) -> None:
    """An earlier year: in force, its results written row by row, closed."""
    from caitien.web.plans.editing import new_batch, set_columns
    from caitien.web.plans.models import Action

    done, not_done = words["done"], words["not_done"]
    for kind, user in (("submitted", secretary), ("approved", chair), ("put_in_force", chair)):
        with calendar.at(LAST_YEAR):
            _step(plan, kind, user)
    with calendar.at(LAST_YEAR + 2):
        batch = new_batch()
        for place, row in enumerate(Action.objects.for_school(plan.school).filter(plan=plan)):
            left = place % 5 == 3 and row.progress_status != "done"
            columns = {"result": not_done[place % len(not_done)] if left else done[place % len(done)]}
            if not left:
                columns |= {"progress_status": "done", "progress_percent": 100}
            set_columns(plan.school, row.pk, columns, user=secretary, reason="Ghi kết quả cuối năm", batch=batch)
    with calendar.at(LAST_YEAR + 8):
        _step(plan, "closed", chair, "Đã báo cáo kết quả ở hội nghị viên chức.")


def _extend(plan: Any, actions: list[dict[str, Any]], user: Any, calendar: Calendar) -> None:
    """The actions that the file did not have, each after those of its standard, and the numbers in order."""
    from caitien.web.plans.editing import create_actions, new_batch, set_columns
    from caitien.web.plans.issues_proposed import answer
    from caitien.web.plans.models import Action, Issue

    batch = new_batch()
    there = list(Issue.objects.for_school(plan.school).filter(plan=plan))
    issues = {issue.number: issue.pk for issue in there}
    answers = {issue.criteria[0]: issue.pk for issue in there if issue.criteria}
    rows = list(Action.objects.for_school(plan.school).filter(plan=plan))
    for row in rows:
        if row.issue_id is None and row.criteria and row.criteria[0] in answers:
            answer(plan, row.pk, answers[row.criteria[0]], user=user, batch=batch)
    for standard in dict.fromkeys(one["criteria"][0].split(".")[0] for one in actions):
        last = next((row for row in reversed(rows) if row.standard <= standard), None)
        wanted = [one for one in actions if one["criteria"][0].startswith(f"{standard}.")]
        columns = [{**_columns(one, plan, calendar), "issue_id": issues.get(one.get("issue"))} for one in wanted]
        made = create_actions(plan, columns, after=last, user=user, batch=batch)
        place = rows.index(last) + 1 if last else len(rows)
        rows[place:place] = made
    for number, row in enumerate(rows, 1):
        set_columns(plan.school, row.pk, {"number": number}, user=user, reason="Đánh lại số thứ tự", batch=batch)


def _columns(one: dict[str, Any], plan: Any, calendar: Calendar) -> dict[str, Any]:
    from caitien.web.plans.following import of_lines

    names = ("criteria", "current_state", "weakness", "cause", "content", "objective", "measures", "indicators")
    columns = {name: one[name] for name in names if name in one}
    columns |= {"responsible": one["who"], "collaborators": one.get("with", []), "expected_evidence": one["evidence"]}
    columns |= {"progress_status": "not_started", **_period(one, plan, calendar)}
    columns["indicator_values"] = [
        {"text": one["indicators"][number - 1], "unit": unit, "baseline": before, "target": target, "actual": None}
        for number, unit, before, target, _actual in one.get("values", [])
    ]
    if lines := _lines(one.get("money"), spent=False):
        columns |= {"budget_lines": lines, **of_lines(lines)}
    elif one.get("money"):
        columns |= {"budget_vnd": 0, "budget_text": NO_MONEY}
    return columns


def _lines(money: list[list[Any]] | None, *, spent: bool) -> list[dict[str, Any]]:
    """Budget lines as the action keeps them; none when no money is needed."""
    return [
        {
            "amount_vnd": amount,
            "source": source,
            "spent_vnd": used if spent else None,
            "note": note[0] if note else None,
        }
        for amount, source, used, *note in money or []
        if source
    ]


def _period(one: dict[str, Any], plan: Any, calendar: Calendar) -> dict[str, Any]:
    """The time as one would type it, read as the pages read it; within the plan's school year."""
    from caitien.web.plans.fields import FIELDS
    from caitien.web.plans.year_of_plan import year_of

    first = int(plan.head["school_year"][:4])
    within = lambda number: f"{min(max(calendar.day(number), date(first, 8, 1)), date(first + 1, 7, 31)):%d/%m/%Y}"  # noqa: E731
    if "days" in one:
        words = " - ".join(map(within, one["days"]))
    else:
        words = f"Trước {within(one['before'])}" if "before" in one else one["text"]
    return FIELDS["period"].parsed({"period": words}, None, year_of(plan))


Event = tuple[int, Callable[[], Any]]


def _reports(plan: Any, said: dict[str, Any], people: dict[str, Any], calendar: Calendar) -> Iterator[Event]:
    """Everything that is told of the actions while the plan is in force, each with its day."""
    from caitien.web.plans.models import Action

    rows = list(Action.objects.for_school(plan.school).filter(plan=plan))
    for one in [*said["actions"], *said["reports"]]:
        row = _row(rows, one.get("of") or one["content"])
        if row is not None:
            row.plan, row.school = plan, plan.school
            yield from _ticks(row, one, people, calendar)
            yield from _told(row, one, people, calendar)
            yield from _amounts(row, one, people["thu-ky"])


def _ticks(row: Any, one: dict[str, Any], people: dict[str, Any], calendar: Calendar) -> Iterator[Event]:
    from caitien.web.plans.editing import change
    from caitien.web.plans.entries import marked

    user = next((user for user in people.values() if user.full_name in row.responsible), people["thu-ky"])

    def mark(words: str, marks: str, place: int, about: dict[str, Any], reason: str) -> Callable[[], Any]:
        def how(now: Any) -> dict[str, Any]:
            return {marks: marked(getattr(now, words), getattr(now, marks), about, getattr(now, words)[place - 1])}

        return lambda: change(row.school, row.pk, how, user=user, reason=reason)

    for place, number in one.get("ticks", {}).items():
        number = max(number, IN_FORCE + 2)
        about = {"on": calendar.day(number).isoformat(), "by": user.full_name}
        yield number, mark("measures", "measures_done", place, about, "Đánh dấu biện pháp đã làm")
    for place, (number, note) in one.get("have", {}).items():
        number = max(number, IN_FORCE + 2)
        about = {"on": calendar.day(number).isoformat(), "by": user.full_name, "note": note}
        yield number, mark("expected_evidence", "evidence_at_hand", place, about, "Minh chứng đã có")


def _told(row: Any, one: dict[str, Any], people: dict[str, Any], calendar: Calendar) -> Iterator[Event]:
    from caitien.web.ids import new_id
    from caitien.web.plans.models import Comment
    from caitien.web.plans.reporting import report

    def tell(number: int, who: str, status: str, percent: int, text: str, drawn: str = "") -> Any:
        key, pictures = new_id(), _photographs(drawn)
        report(
            row, key=key, user=people[who], status=status, on=calendar.day(number), percent=percent, text=text,
            pictures=pictures,
        )  # fmt: skip

    for number, *rest in one.get("told", []):
        yield number, partial(tell, number, *rest)
    for number, who, text in one.get("said", []):
        comment = Comment(school=row.school, action=row, author=people[who], text=text)
        yield number, comment.save


def _amounts(row: Any, one: dict[str, Any], user: Any) -> Iterator[Event]:
    """What was reached and spent, on the day of the last report."""
    from caitien.web.plans.editing import change

    last = max((told[0] for told in one.get("told", [])), default=0)
    actual = {
        one["indicators"][number - 1]: reached for number, _u, _b, _t, reached in one.get("values", []) if reached
    }
    spent = _lines(one.get("money"), spent=True)
    if actual:
        values = lambda now: {  # noqa: E731
            "indicator_values": [{**v, "actual": actual.get(v["text"], v.get("actual"))} for v in now.indicator_values]
        }
        yield last, lambda: change(row.school, row.pk, values, user=user, reason="Ghi số liệu")
    if any(line["spent_vnd"] for line in spent):
        yield (
            last,
            lambda: change(row.school, row.pk, lambda _now: {"budget_lines": spent}, user=user, reason="Ghi đã chi"),
        )


def _amendment(plan: Any, said: dict[str, Any], chair: Any, secretary: Any, calendar: Calendar) -> Iterator[Event]:
    """An amendment is opened, changes two things, is closed."""
    from caitien.web.plans.editing import set_columns
    from caitien.web.plans.life import end_amendment, start_amendment
    from caitien.web.plans.models import Action

    rows = list(Action.objects.for_school(plan.school).filter(plan=plan))
    opened: list[Any] = []
    yield said["opened"], lambda: opened.append(start_amendment(plan, said["reason"], user=secretary))
    for one in said["changes"]:
        if (row := _row(rows, one["of"])) is not None:
            columns = (
                {"budget_lines": _lines(one["money"], spent=True)} if "money" in one else _period(one, plan, calendar)
            )
            yield (
                said["opened"],
                partial(set_columns, plan.school, row.pk, columns, user=secretary, reason=""),
            )
    yield said["closed"], lambda: end_amendment(plan, opened[0].pk, user=chair)


def _people(school: Any, said: dict[str, Any], chair: Any, calendar: Calendar) -> None:
    """A group with its members, somebody who left and still owns an action, an invitation that waits."""
    from caitien.web.ids import new_id
    from caitien.web.schools.invitations import Guest, invite
    from caitien.web.schools.models import GroupMember, Membership
    from caitien.web.schools.people import ensure
    from caitien.web.schools.roles import Role

    gone, number = said["left"]
    group, members = said["group"]["name"], said["group"]["members"]
    found = ensure(school, [group, *members, gone, said["invited"]], user=chair)
    for member in members:
        GroupMember.objects.get_or_create(school=school, group=found[group], person=found[member])
    left = found[gone]
    with calendar.at(number):
        left.left_on, left._history_user, left._change_reason = calendar.day(number), chair, "rời trường"
        left.save(update_fields=["left_on"])
    by = Membership.objects.for_school(school).select_related("user").get(user=chair)
    invite(school, by, [Guest(Role.MEMBER, found[said["invited"]])], new_id())


def _row(rows: list[Any], beginning: str) -> Any | None:
    return next((row for row in rows if (row.content or "").startswith(beginning)), None)


def _photographs(drawn: str) -> list[Any]:
    """A picture drawn here (no photograph, no real place), through the same door as one from a phone."""
    if not drawn:
        return []
    from caitien.web.plans import photos
    from caitien.web.sample_pictures import draw

    file = io.BytesIO(draw(drawn))
    file.name, file.size = f"{drawn}.jpg", len(file.getvalue())  # type: ignore[attr-defined]
    return photos.prepare([file])
