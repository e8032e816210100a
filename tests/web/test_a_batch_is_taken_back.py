"""What one request did is taken back together; what somebody else wrote there since stays, and is told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caitien.web.plans.editing import create_actions, new_batch, remove_actions, save_edit
from caitien.web.plans.models import Action
from caitien.web.plans.undoing import undo_batch
from web.invented import make_user


@pytest.fixture
def deputy(school):
    return make_user("pho", "Mùa A Sình", school, "vice_chair")


def write(action, user, batch=None, **columns):
    row = Action.everything.get(pk=action.pk)
    return save_edit(row.school, row.pk, {n: {n: v} for n, v in columns.items()}, base=row, user=user, batch=batch)


def present(plan) -> list[str]:
    return [row.content for row in plan.actions.all()]


def undo(plan, batch, user):
    return undo_batch(plan, batch, user=user, reason="Hoàn tác")


def test_rows_that_were_pasted_go_and_come_again(plan, secretary):
    batch, before = new_batch(), present(plan)
    create_actions(plan, [{"content": "một"}, {"content": "hai"}], user=secretary, batch=batch)
    undone = undo(plan, batch, secretary)
    assert present(plan) == before
    undo(plan, undone.batch, secretary)
    assert present(plan) == [*before, "một", "hai"]


def test_a_pasted_row_in_which_another_wrote_stays(plan, secretary, deputy):
    batch, before = new_batch(), present(plan)
    made = create_actions(plan, [{"content": "một"}, {"content": "hai"}], user=secretary, batch=batch)
    write(made[1], deputy, note="của phó")
    done = undo(plan, batch, secretary)
    assert present(plan) == [*before, "hai"]
    assert [outcome.row.pk for outcome in done.clashes] == [made[1].pk]


def test_a_pasted_row_in_which_she_wrote_herself_goes(plan, secretary):
    batch, before = new_batch(), present(plan)
    made = create_actions(plan, [{"content": "một"}], user=secretary, batch=batch)
    write(made[0], secretary, note="của tôi")
    undo(plan, batch, secretary)
    assert present(plan) == before


def test_a_row_brought_back_in_which_another_wrote_is_not_taken_away_again(plan, secretary, deputy):
    batch, action = new_batch(), plan.actions.first()
    remove_actions(plan, [action.pk], user=secretary, batch=batch)
    back = undo(plan, batch, secretary)
    write(action, deputy, note="của phó")
    done = undo(plan, back.batch, secretary)
    assert action.content in present(plan)
    assert [outcome.row.pk for outcome in done.clashes] == [action.pk]


def test_several_changes_of_a_row_are_taken_back_to_before_the_first(plan, secretary):
    batch, action = new_batch(), plan.actions.first()
    for words in ("một", "hai", "ba"):
        write(action, secretary, batch, content=words, note=words)
    undo(plan, batch, secretary)
    action.refresh_from_db()
    assert (action.content, action.note) == ("Rà soát kế hoạch chiến lược", None)


def test_between_the_changes_of_a_batch_another_wrote(plan, secretary, deputy):
    batch, action = new_batch(), plan.actions.first()
    write(action, secretary, batch, content="một")
    write(action, deputy, note="của phó")
    write(action, secretary, batch, content="hai")
    undo(plan, batch, secretary)
    action.refresh_from_db()
    assert (action.content, action.note) == ("Rà soát kế hoạch chiến lược", "của phó")


def test_a_changed_row_that_another_took_away_stays_away_and_is_told(plan, secretary, deputy):
    batch, action = new_batch(), plan.actions.first()
    write(action, secretary, batch, content="một")
    remove_actions(plan, [action.pk], user=deputy)
    done = undo(plan, batch, secretary)
    assert "một" not in present(plan)
    assert len(done.clashes) == 1


def test_there_is_no_such_batch(plan, secretary):
    assert undo(plan, new_batch(), secretary) is None


def test_a_save_asks_the_database_for_little(plan, secretary):
    """Two reads, one update, one line of history; a people field four more."""
    action = plan.actions.first()
    write(action, secretary, note="lần đầu")
    row = Action.objects.select_related("school").get(pk=action.pk)
    with CaptureQueriesContext(connection) as queries:
        save_edit(row.school, row.pk, {"note": {"note": "x"}}, base=row, user=secretary)
    said = [
        q["sql"].split()[0] for q in queries if q["sql"].split()[0] not in ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    ]
    assert said == ["SELECT", "SELECT", "UPDATE", "INSERT"]
