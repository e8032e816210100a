"""A full disk, a database that is busy: a sentence says what happened, and what was typed is given back."""

from __future__ import annotations

import errno

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from caitien.web.no_room import ALL_BUSY, NO_ROOM_LEFT, NOT_WRITABLE, trouble_of

pytestmark = pytest.mark.django_db(transaction=True)  # a full disk ends the whole transaction, that of a test too
LONG = "Lời rất dài của thư ký. " * 800


@pytest.fixture
def full_disk(plan):
    """SQLite may not grow by a page any more: to the program it is a full disk."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such limit")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.fixture
def fallible(browser):
    browser.raise_request_exception = False
    return browser


def sent(action) -> dict[str, object]:
    names = ("content", "weakness", "cause", "objective", "note", "result", "current_state", "resources_text")
    return {"version": action.version} | {name: f"{name} {LONG}" for name in names}


def test_the_sentence_and_what_was_typed(fallible, plan, full_disk):
    action = plan.actions.first()
    response = fallible.post(reverse("plans:action_edit", args=[plan.school.slug, plan.pk, action.pk]), sent(action))
    html = response.content.decode()
    assert response.status_code == 507
    assert "Ổ đĩa của máy chủ đã đầy" in html
    assert html.count(LONG.strip()) == 8
    assert "version" not in html


def test_the_row_is_as_it_was(fallible, plan, full_disk):
    action = plan.actions.first()
    fallible.post(reverse("plans:action_edit", args=[plan.school.slug, plan.pk, action.pk]), sent(action))
    now = plan.actions.first()
    assert (now.version, now.content) == (1, action.content)


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Accept": "application/json"}])
def test_a_script_gets_the_sentence_alone(fallible, plan, full_disk, headers):
    action = plan.actions.first()
    url = reverse("plans:action_edit", args=[plan.school.slug, plan.pk, action.pk])
    response = fallible.post(url, sent(action), headers=headers)
    assert response.status_code == 507
    assert response.content.decode().startswith("Ổ đĩa của máy chủ đã đầy")


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), NO_ROOM_LEFT),
        (OperationalError('could not extend file "base/5/1": No space left on device'), NO_ROOM_LEFT),
        (OperationalError("database is locked"), ALL_BUSY),
        (OperationalError("deadlock detected"), ALL_BUSY),
        (OperationalError("attempt to write a readonly database"), NOT_WRITABLE),
        (OperationalError("no such table: plans_plan"), None),
        (OSError(errno.ENOENT, "No such file"), None),
        (ValueError("disk full"), None),
    ],
)
def test_which_errors_are_the_machines(error, trouble):
    assert trouble_of(error) is trouble


def test_the_cause_of_an_error_is_looked_at_too():
    error = RuntimeError("không ghi được tệp")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert trouble_of(error) is NO_ROOM_LEFT


def test_any_other_fault_is_ours(fallible, plan, monkeypatch):
    from caitien.web.plans.views import life

    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(life, "_context", broken)
    response = fallible.get(reverse("plans:life", args=[plan.school.slug, plan.pk]))
    assert response.status_code == 500
    assert "Có lỗi ở máy chủ" in response.content.decode()
