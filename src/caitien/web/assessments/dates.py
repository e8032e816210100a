"""The legal calendar of a self-assessment: what is due, dates that the school set itself, what is done and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from caitien.assessment.calendar import Due, calendar_of, dues
from caitien.web.assessments.editing import address, held, save, tell
from caitien.web.assessments.models import Assessment, AssessmentEvent
from caitien.web.plans.year_of_plan import terms_of_year
from caitien.web.schools.not_now import NotNow

CHANGED, DONE = AssessmentEvent.Kind.DATE_CHANGED, AssessmentEvent.Kind.DATE_DONE


class DateMoved(NotNow):
    """Another changed the same date meanwhile."""


def dues_of(assessment: Assessment, today: date) -> tuple[Due, ...]:
    """What is due in the assessment's year, in order of its dates (its `year` loaded; no query). () where there is no calendar."""
    done = days_of(assessment.dates_done)
    try:
        found = dues(
            assessment.framework,
            assessment.year.name,
            today,
            changed=days_of(assessment.dates),
            done=done,
            terms=terms_of_year(assessment.year),
        )
    except ValueError:
        return ()
    return tuple(replace(due, words=days_words(due, done.get(due.id))) for due in found)


def days_words(due: Due, done: date | None) -> str:
    """How many days are left or it was late, in the language of the reader (the library says it in Vietnamese)."""
    if done is not None:
        said = {"day": f"{done:%d/%m/%Y}", "n": (done - due.last_day).days}
        if said["n"] <= 0:
            return _("đã xong ngày %(day)s") % said
        return (
            ngettext("đã xong ngày %(day)s, muộn %(n)s ngày", "đã xong ngày %(day)s, muộn %(n)s ngày", said["n"]) % said
        )
    if due.state == "overdue":
        return ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", -due.days_left) % {"n": -due.days_left}
    if due.state == "today":
        return _("hôm nay là ngày cuối")
    return ngettext("còn %(n)d ngày", "còn %(n)d ngày", due.days_left) % {"n": due.days_left}


def due_of(assessment: Assessment, event: str, today: date) -> Due | None:
    """One of them."""
    return next((one for one in dues_of(assessment, today) if one.id == event), None)


def legal_day(assessment: Assessment, event: str) -> date | None:
    """The last day by the calendar, whatever the school set."""
    found = dues(assessment.framework, assessment.year.name, date.min, terms=terms_of_year(assessment.year))
    return next((one.last_day for one in found if one.id == event), None)


def days_of(said: Mapping[str, Any] | None) -> dict[str, date]:
    """Stored days as days; what is none is left out."""
    found = {}
    for event, text in (said or {}).items():
        try:
            found[event] = date.fromisoformat(text)
        except (TypeError, ValueError):
            continue
    return found


def set_date(assessment: Assessment, event: str, day: date | None, reason: str, *, seen: date, user: Any) -> None:
    """Sets the school's own last day (None puts the legal one back). Raises DateMoved when another set it meanwhile."""
    with transaction.atomic():
        now = _held(assessment)
        due = due_of(now, event, seen)
        if due is None:
            return
        own = now.dates.get(event)
        if (day.isoformat() if day else None) == own:
            return
        if due.last_day != seen:
            said = {"title": due.title, "day": f"{due.last_day:%d/%m/%Y}"}
            sentence = _("Mốc “%(title)s” vừa được người khác đổi thành %(day)s. Hãy xem lại rồi đổi, nếu vẫn cần.")
            raise DateMoved(sentence % said, ((_("Về Lịch"), address(now, "calendar")),))
        dates = {name: value for name, value in now.dates.items() if name != event}
        if day is not None:
            dates[event] = day.isoformat()
        _saved(now, {"dates": dates}, user, reason)
        words = f"{day:%d/%m/%Y}" if day else gettext_noop("trở lại ngày theo quy định")
        tell(now, CHANGED, user, f"{due.title}: {words}" + (f". {reason}" if reason else ""))


def set_done(assessment: Assessment, event: str, day: date | None, user: Any) -> None:
    """Says on which day it was done (None: it is not done after all). Said twice it is told once."""
    with transaction.atomic():
        now = _held(assessment)
        due = due_of(now, event, date.today())
        text = day.isoformat() if day else None
        if due is None or now.dates_done.get(event) == text:
            return
        done = {name: value for name, value in now.dates_done.items() if name != event}
        if text:
            done[event] = text
        _saved(now, {"dates_done": done}, user, "")
        tell(now, DONE, user, f"{due.title}: {day:%d/%m/%Y}" if day else f"{due.title}: {gettext_noop('chưa xong')}")


def knows(assessment: Assessment, event: str) -> bool:
    """Whether the calendar of the assessment's framework has such an event."""
    calendar = calendar_of(assessment.framework)
    return calendar is not None and any(one.id == event for one in calendar.events)


def _held(assessment: Assessment) -> Assessment:
    now = held(assessment)
    now.year, now.school = assessment.year, assessment.school
    return now


def _saved(now: Assessment, columns: dict[str, Any], user: Any, reason: str) -> None:
    save(now, columns, seen=now.version, user=user, reason=reason, whatever_it_was=True)
