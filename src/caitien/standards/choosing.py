"""Which framework applies: to a school level on a day, or to a plan of which only some facts are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from caitien.standards.documents import find_document
from caitien.standards.loading import available, load
from caitien.standards.model import Framework, FrameworkInfo

YEAR_BEGINS = (9, 5)
"""Month and day on which a school year opens (5/9, the national framework of school time)."""

# How much each thing speaks for a framework. The codes that a plan really uses say most: schools go on using last
# year's standards while their headers cite the new circular, or cite an amendment and keep the old criteria.
UNKNOWN_CODE = -2.0  # each code that the framework does not have,
UNKNOWN_CODES_AT_MOST = -10.0  # and not more in all than this
CITED = 3.0
CITED_FIRST = 0.5
AMENDMENT_CITED = 1.0
IN_FORCE = 2.0


def framework_on(level: str, when: date) -> str | None:
    """Id of the framework that applies to a school level (of the plan value) on a day; None when there is none here."""
    fitting = [i for i in national() if level in i.school_levels and i.validity.covers(when)]
    return max(fitting, key=lambda i: i.validity.start).id if fitting else None


def national() -> list[FrameworkInfo]:
    """The frameworks that a school's self-assessment can be bound to: not the supplementary ones."""
    return [info for info in available() if info.use == "national"]


def school_year_day(school_year: str | None) -> date | None:
    """A day that tells which framework a school year's plan is made after: its opening, "2025-2026" -> 5/9/2025."""
    match = re.match(r"\s*(20\d{2})\b", school_year or "")
    return date(int(match[1]), *YEAR_BEGINS) if match else None


def guess_framework(
    school_level: str | None,
    cited_numbers: Iterable[str] = (),
    school_year: str | None = None,
    criteria_codes: Iterable[str] = (),
) -> str | None:
    """Id of the framework that a plan was probably made after; None when too little is known to say.

    `school_level`: of the plan value; `cited_numbers`: numbers of documents as printed ("17/2018/TT-BGDĐT"), in the
    order of the paper; `school_year`: "2025-2026"; `criteria_codes`: codes that the plan uses ("1.2", "M4.1").
    A guess for a person to confirm. Nothing but these values is looked at.
    """
    cited = [document.number for number in cited_numbers if (document := find_document(number))]
    codes = {code for code in criteria_codes if code}
    day = school_year_day(school_year)
    candidates = [f for f in map(load, _ids()) if _could_be_known(f, cited, day)]
    if school_level is not None:
        candidates = [f for f in candidates if school_level in f.school_levels]
        if not (cited or codes or day):
            return None
    else:
        candidates = _of_first_cited(candidates, cited)
    if not candidates:
        return None
    ranked = sorted(
        ((_score(f, cited, codes, day), _nearness(f, day), f.id) for f in candidates), key=lambda r: (-r[0], r[1], r[2])
    )
    return ranked[0][2]


def _ids() -> list[str]:
    return [info.id for info in national()]


def _could_be_known(framework: Framework, cited: Sequence[str], day: date | None) -> bool:
    """A plan can follow a framework that came within its school year, or one that it cites; not a later one."""
    if day is None or framework.document.number in cited:
        return True
    return framework.validity.start < day.replace(year=day.year + 1)


def _of_first_cited(candidates: Sequence[Framework], cited: Sequence[str]) -> list[Framework]:
    """Where the school's level is not known, the first circular cited that is of one kind of school says it."""
    for number in cited:
        own = [f for f in candidates if f.document.number == number]
        if own and len({f.school_levels for f in own}) == 1:
            return own
    return []


def _score(framework: Framework, cited: Sequence[str], codes: set[str], day: date | None) -> float:
    known = set(framework.codes)
    score = max(UNKNOWN_CODES_AT_MOST, UNKNOWN_CODE * len(codes - known))
    if framework.document.number in cited:
        score += CITED
        score += CITED_FIRST if cited[0] == framework.document.number else 0.0
    if framework.extends and any(a.number in cited for a in framework.document.amended_by):
        score += AMENDMENT_CITED
    if day is not None and framework.validity.covers(day):
        score += IN_FORCE
    return score


def _nearness(framework: Framework, day: date | None) -> int:
    """Days between the time when the framework applied and the day; the newest first where no day is known."""
    if day is None:
        return -framework.validity.start.toordinal()
    if day < framework.validity.start:
        return (framework.validity.start - day).days
    return 0 if framework.validity.end is None else max(0, (day - framework.validity.end).days)
