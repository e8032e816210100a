"""Deadlines of a plan as an iCalendar (RFC 5545), for the calendar of a phone: one all-day event a deadline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from caitien.plan import Action, ImprovementPlan
from caitien.plan.periods import years_of
from caitien.plan.summary import FINISHED, deadline, is_overdue
from caitien.plan.text import squash
from caitien.writing.cells import STATUS_WORDS
from caitien.writing.text import clean, lines

SPACE = UUID("8f0d7c5e-5f5b-5a59-9d3c-2f6f7a1c9e10")  # ours, for the ids of events: never changes
TIME_ZONE = "Asia/Ho_Chi_Minh"
REMINDER = -timedelta(days=3) + timedelta(hours=7)  # three days before, at seven in the morning
LONGEST_TITLE = 120
_TITLES = re.compile(r"^(thầy|cô|ông|bà|anh|chị|đ/c|đồng chí)\.?:?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One plan in a calendar of several. `link`: the address of an action by its place; `about`: said first of its events."""

    plan: ImprovementPlan
    link: Callable[[int], str | None] | None = None
    about: str = ""


def calendar_of(
    plan: ImprovementPlan,
    person: str | None = None,
    *,
    today: date,
    link: Callable[[int], str | None] | None = None,
) -> bytes:
    """The deadlines of what is neither done nor dropped, as a file of type text/calendar (UTF-8).

    `person`: only what she is responsible for or helps with, by the name as the plan writes it (marks count, "Hoa" is
    not "Hòa"; a title before and a role in brackets after do not). `today` says what is late. `link`: the address of
    an action by its place in `plan.actions`.
    An event keeps its id as long as its action has its `id`, or else its number and criteria: a calendar that was
    subscribed to moves it instead of adding another.
    """
    year = clean(plan.school_year or "").strip()
    school = " ".join(lines(plan.school.name or ""))
    calendar = _empty(" ".join(part for part in ("Cải tiến", year, school) if part))
    _add(calendar, Part(plan, link), person, today)
    content: bytes = calendar.to_ical()
    return content


def calendar_of_several(parts: Iterable[Part], *, today: date, name: str) -> bytes:
    """As `calendar_of`, the deadlines of several plans in one calendar with this name."""
    calendar = _empty(name)
    for part in parts:
        _add(calendar, part, None, today)
    content: bytes = calendar.to_ical()
    return content


def _empty(name: str) -> Any:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Cai Tien//Ke hoach cai tien chat luong//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", TIME_ZONE)
    calendar.add("x-published-ttl", "PT12H")
    return calendar


def _add(calendar: Any, part: Part, person: str | None, today: date) -> None:
    from icalendar import Alarm, Event

    plan = part.plan
    ids = event_ids(plan)
    for index, action in enumerate(plan.actions):
        end = deadline(action)
        if end is None or action.progress.status in FINISHED or (person is not None and not concerns(action, person)):
            continue
        event = Event()
        event.add("uid", ids[index])
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("dtstart", end)
        event.add("dtend", end + timedelta(days=1))
        event.add("summary", _summary(action, index, late=is_overdue(action, today, plan.school_year)))
        address = part.link(index) if part.link is not None else None
        event.add("description", "\n".join(line for line in (part.about, *_about(action), address) if line))
        event.add("transp", "TRANSPARENT")
        if action.criteria:
            event.add("categories", [f"Tiêu chí {clean(code)}" for code in action.criteria])
        if address:
            event.add("url", address)
        if end >= today:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", _summary(action, index, late=False))
            alarm.add("trigger", REMINDER)
            event.add_component(alarm)
        calendar.add_component(event)


def event_ids(plan: ImprovementPlan) -> list[str]:
    """The id of each action's event: the same tomorrow, another for every school, year and action."""
    years = years_of(plan.school_year)
    home = f"{squash(plan.school.code or plan.school.name)}|{years[0] if years else ''}"
    seen: Counter[str] = Counter()
    ids = []
    for action in plan.actions:
        own = (action.model_extra or {}).get("id")
        said = f"{action.number}|{','.join(action.criteria)}" if action.number is not None else squash(action.content)
        key = f"id|{own}" if own else f"{home}|{said}"
        seen[key] += 1
        ids.append(f"{uuid5(SPACE, f'{key}|{seen[key]}')}@caitien")
    return ids


def concerns(action: Action, person: str) -> bool:
    """Whether the person is responsible for the action or helps with it."""
    wanted = _names(person)
    return any(wanted & _names(printed) for printed in (*action.responsible, *action.collaborators))


def _names(printed: str) -> set[str]:
    """What someone is called: the whole, and without a title before and a role in brackets after."""
    bare = _TITLES.sub("", re.sub(r"\s*\([^()]*\)", "", clean(printed)).strip())
    return {name for name in (squash(printed), squash(bare)) if name}


def _summary(action: Action, index: int, *, late: bool) -> str:
    about = next((text for text in (action.content, *action.measures, action.weakness) if text and lines(text)), "")
    said = " ".join(lines(about)) or f"Mục {clean(str(action.number or index + 1))}"
    if len(said) > LONGEST_TITLE:
        said = said[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    return f"Quá hạn: {said}" if late else f"Hạn: {said}"


def _about(action: Action) -> list[str]:
    """The facts of the action, a line each."""
    progress = action.progress
    status = STATUS_WORDS.get(progress.status or "", "")
    if progress.percent is not None:
        status = f"{status} {progress.percent}%".strip()
    said = [
        ("Mục", clean(str(action.number)) if action.number is not None else ""),
        ("Tiêu chí", ", ".join(clean(code) for code in action.criteria)),
        ("Thời gian", " ".join(lines(action.period.text or ""))),
        ("Phụ trách", "; ".join(clean(p) for p in action.responsible)),
        ("Phối hợp", "; ".join(clean(p) for p in action.collaborators)),
        ("Mức độ", status),
        ("Minh chứng", "; ".join(clean(e) for e in action.expected_evidence)),
    ]
    return [f"{name}: {value}" for name, value in said if value]
