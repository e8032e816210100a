"""Changing the words of the whole report (`Assessment.head`), part by part: what two people write is joined where it fits."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caitien.web.assessments.editing import Locked, address, held, locked_words, save
from caitien.web.assessments.joining import joined_lines, joined_text
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.report_parts import flat, part_of, put
from caitien.web.plans.merge import Clash, merge


@dataclass(frozen=True, slots=True)
class HeadOutcome:
    """What became of an edit. With clashes nothing was saved; `row` is the assessment as it is now."""

    row: Assessment
    changed: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    record: UUID | None = None


def save_words(
    assessment: Assessment, wanted: Mapping[str, Any], *, base: Any, user: Any, reason: str = ""
) -> HeadOutcome:
    """Saves the paths that somebody wrote, seeing `base` (the assessment, or a line of its history). Raises Locked."""
    with transaction.atomic():
        now = held(assessment)
        now.school, now.year = assessment.school, assessment.year
        permitted(now)
        was = {path: part_of(base.head, path) for path in wanted}
        theirs = {path: part_of(now.head, path) for path in wanted}
        mine = {path: _joined(was[path], value, theirs[path]) for path, value in wanted.items()}
        joined = merge(_same(was), _same(mine), _same(theirs))
        clashes = [
            Clash(one.field, was[one.field], wanted[one.field], theirs[one.field])
            for one in joined.clashes
            if mine[one.field] == wanted[one.field]
        ]
        if clashes:
            return HeadOutcome(now, clashes=clashes)
        changes = joined.changes | {one.field: mine[one.field] for one in joined.clashes}
        if not changes:
            return HeadOutcome(now)
        head = copy.deepcopy(now.head or {})
        for path, value in changes.items():
            put(head, path, value)
        outcome = save(now, {"head": head}, seen=now.version, user=user, reason=reason, whatever_it_was=True)
        return HeadOutcome(outcome.row, list(changes), record=outcome.record)


def permitted(assessment: Assessment) -> None:
    """Raises Locked while the report is approved: what was approved is what is printed."""
    if assessment.state != Assessment.State.WORKING:
        raise Locked(locked_words(assessment), ((_("Về báo cáo"), address(assessment, "report")),))


def _same(parts: Mapping[str, Any]) -> dict[str, Any]:
    """With one word for nothing, so that a field never said and one emptied are the same."""
    return {path: None if value in ("", [], {}) else value for path, value in parts.items()}


def _joined(was: Any, mine: Any, theirs: Any) -> Any:
    """Mine with what others changed in other sentences or lines; mine alone where that cannot be told apart."""
    if was == theirs or mine == theirs:
        return mine
    if isinstance(mine, str) and isinstance(was, str | None) and isinstance(theirs, str | None):
        found: Any = joined_text(was or "", mine, theirs or "") if was and theirs else None
        return mine if found is None else found
    lines = (was or [], mine or [], theirs or [])
    if all(isinstance(part, list) and all(isinstance(one, str) for one in part) for part in lines) and was and theirs:
        together = joined_lines(*lines)
        return mine if together is None else together
    return mine


def differing(before: Any, after: Any) -> list[str]:
    """The paths in which two lines of the history differ."""
    was, now = flat(before.head), flat(after.head)
    return [path for path in dict.fromkeys([*was, *now]) if was.get(path) != now.get(path)]
