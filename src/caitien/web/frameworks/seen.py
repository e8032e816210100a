"""Frameworks as pages show them: library values in, what a template reads out. Nothing is decided here."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from caitien.web.frameworks.words import FACTS, LIKENESS, MARKS, OPERATORS, level_titles
from caitien.web.schools.models import School

if TYPE_CHECKING:
    from caitien.standards import Criterion, Framework, OfficialText
    from caitien.standards.crosswalks import Move

LEVELS = dict(School.Level.choices)
"""School level -> its Vietnamese name."""

SHORT_LEVELS = {
    "mam_non": _("mầm non"),
    "tieu_hoc": _("tiểu học"),
    "thcs": "THCS",
    "thpt": "THPT",
    "gdtx": "GDTX",
    "th_thcs": "TH-THCS",
    "thcs_thpt": "THCS-THPT",
    "nhieu_cap": _("nhiều cấp"),
}
"""School level -> its name in a list."""


def framework_or_404(framework_id: str) -> Framework:
    from caitien.errors import FrameworkError
    from caitien.standards import load

    try:
        return load(framework_id)
    except FrameworkError as error:
        raise Http404(str(error)) from None


def read_day(text: str) -> date | None:
    """A day as a browser sends it (2025-09-05) or as people write it (05/09/2025); None when it is neither."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def level_names(school_levels: tuple[str, ...]) -> list[str]:
    return [SHORT_LEVELS.get(level, level) for level in school_levels]


def standards_of(framework: Framework) -> list[dict[str, Any]]:
    """The standards with their criteria, the items of Level 4 last, as one thing more with no code."""
    groups = [
        {"code": s.code, "title": s.title, "note": s.note, "criteria": _in_list(s.criteria)}
        for s in framework.standards
    ]
    if framework.level_items:
        groups.append({"code": "", "title": "", "note": None, "criteria": _in_list(framework.level_items)})
    return groups


def _in_list(criteria: tuple[Criterion, ...]) -> list[dict[str, Any]]:
    return [
        {
            "code": c.code,
            "title": c.title,
            "mandatory": c.mandatory,
            "levels": [{"number": v.level, "requirements": len(v.requirements), "known": v.known} for v in c.levels],
            "mark": MARKS[c.mark] if c.mark and c.mark != "confirmed" else None,
        }
        for c in criteria
    ]


def confidence_of(framework: Framework) -> list[dict[str, Any]]:
    return [{"fact": FACTS[c.fact], "mark": MARKS[c.mark], "note": c.note} for c in framework.confidence]


def levels_of(framework: Framework) -> list[dict[str, Any]]:
    """Each level: what it means, how many criteria have it, and the sentence by which a school reaches it."""
    rules = {rule.level: rule for rule in framework.rules.school}
    titles = level_titles(framework)
    return [
        {
            "title": titles[level.number],
            "meaning": level.meaning,
            "criteria": framework.level_counts.get(level.number, 0),
            "rule": rules.get(level.number),
        }
        for level in framework.levels
    ]


def criterion_levels(
    framework: Framework, criterion: Criterion, official: OfficialText | None = None
) -> list[dict[str, Any]]:
    """What each level of a criterion asks: our summary, and the circular's own words where they are attached."""
    titles = level_titles(framework)
    words = official.criteria.get(criterion.code) if official else None
    return [
        {
            "title": titles[level.level],
            "number": level.level,
            "known": level.known,
            "requirements": [
                {
                    "code": r.code,
                    "text": r.text,
                    "points": r.max_points,
                    "figures": [(t.metric, OPERATORS[t.operator], t.value, t.unit, t.applies_to) for t in r.thresholds],
                }
                for r in level.requirements
            ],
            "official": words.levels.get(level.level) if words else None,
        }
        for level in criterion.levels
    ]


def conflicts_about(framework: Framework, code: str) -> list[Any]:
    """Conflicts between sources that are about this criterion."""
    return [conflict for conflict in framework.conflicts if conflict.criterion == code]


def neighbours(framework: Framework, code: str) -> tuple[Criterion | None, Criterion | None]:
    """The criterion before and after, over the bounds of standards."""
    codes = framework.codes
    place = codes.index(code)
    before = framework.criterion(codes[place - 1]) if place else None
    after = framework.criterion(codes[place + 1]) if place + 1 < len(codes) else None
    return before, after


def counterparts(framework: Framework, code: str, school_level: str = "") -> list[dict[str, Any]]:
    """Criteria of other versions that correspond, a group for each version; those for the reader's kind of school first.

    By the crosswalks (proposals, `proposed` True), and by code between a circular and its amended version.
    """
    from caitien.standards import available, available_crosswalks, load

    groups = []
    for way in available_crosswalks():
        if way.old == framework.id:
            move, other = way.move(code), load(way.new)
            rows = [_counterpart(other, t.code, t.main, move) for t in move.new] if move else []
            nothing = move.reason if move and not move.new else ""
            groups.append({"framework": other, "newer": True, "proposed": True, "rows": rows, "nothing": nothing})
        elif way.new == framework.id:
            other = load(way.old)
            rows = [
                _counterpart(other, move.old, any(t.main for t in move.new if t.code == code), move)
                for move in way.came_from(code)
            ]
            groups.append({"framework": other, "newer": False, "proposed": True, "rows": rows, "nothing": ""})
    for info in available():
        other = load(info.id)
        if framework.id in (other.extends, other.id) or other.id == framework.extends:
            newer = other.extends == framework.id
            if other.id != framework.id and (found := other.criterion(code)):
                row = {"code": code, "title": found.title, "main": True, "likeness": "", "reason": ""}
                groups.append({"framework": other, "newer": newer, "proposed": False, "rows": [row], "nothing": ""})
    groups = [group for group in groups if group["rows"] or group["nothing"]]
    groups.sort(key=lambda group: group["framework"].validity.start, reverse=True)
    return sorted(groups, key=lambda group: school_level not in group["framework"].school_levels)


def _counterpart(other: Framework, code: str, main: bool, move: Move) -> dict[str, Any]:
    found = other.criterion(code)
    return {
        "code": code,
        "title": found.title if found else "",
        "main": main,
        "likeness": LIKENESS[move.likeness],
        "reason": move.reason,
    }


def highlighted(text: str, asked: list[str]) -> SafeString:
    """The text with the asked (folded) words marked: side by side where they stand so, else each word they begin."""
    from caitien.standards import fold

    words = text.split()
    bare = [fold("".join(c for c in word if c.isalnum())) for word in words]
    marked = {
        place
        for start in range(len(words) - len(asked) + 1)
        if bare[start : start + len(asked) - 1] == asked[:-1] and bare[start + len(asked) - 1].startswith(asked[-1])
        for place in range(start, start + len(asked))
    } or {place for place, word in enumerate(bare) if any(word.startswith(one) for one in asked)}
    pieces = (
        (format_html('<mark class="quote text-inherit">{}</mark>', word) if place in marked else word,)
        for place, word in enumerate(words)
    )
    return format_html_join(" ", "{}", pieces)
