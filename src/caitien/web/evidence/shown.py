"""What the page of one evidence shows: its files with older versions, criteria, actions, where it is cited, its life."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from caitien.web.evidence.cited_where import cited_where
from caitien.web.evidence.criteria import Current
from caitien.web.evidence.kinds import KINDS
from caitien.web.evidence.models import ActionEvidence, Attachment, Evidence, EvidenceCode, EvidenceUse, Opening
from caitien.web.plans.frameworks import framework
from caitien.web.schools.models import School

OPENINGS = 20  # lines of the log on the page
EVENTS = 100


@dataclass(slots=True)
class File:
    """A file or link that stands, and the older versions that it replaced, newest first."""

    row: Attachment
    kind: str
    older: list[Attachment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Use:
    """A criterion that the evidence serves, is offered to, or does not serve."""

    row: EvidenceUse
    title: str
    framework: str  # its short name when it is another than the one in use now


@dataclass(frozen=True, slots=True)
class Uses:
    used: list[Use]
    offered: list[Use]
    declined: list[Use]


def files_of(evidence: Evidence) -> list[File]:
    """One query."""
    rows = list(
        Attachment.objects.filter(school=evidence.school_id, evidence=evidence)
        .select_related("file", "added_by")
        .defer("file__text")
    )
    by_key = {row.pk: row for row in rows}
    found = []
    for row in rows:
        if row.superseded_at is not None:
            continue
        kind = KINDS.get(row.file.kind) if row.file else None
        one = File(row, str(kind.label) if kind else _("đường dẫn") if row.url else "")
        before = by_key.get(row.replaces_id)
        while before is not None and before not in one.older:
            one.older.append(before)
            before = by_key.get(before.replaces_id)
        found.append(one)
    return found


def uses_of(evidence: Evidence, now: Current) -> Uses:
    """One query."""
    found = Uses([], [], [])
    lists = {EvidenceUse.State.USED: found.used, EvidenceUse.State.OFFERED: found.offered}
    for row in EvidenceUse.objects.filter(school=evidence.school_id, evidence=evidence).select_related("by"):
        its = framework(row.framework)
        criterion = its.criterion(row.criterion) if its else None
        other = "" if row.framework == now.id else (its.short_title if its else row.framework)
        if row.state != EvidenceUse.State.USED and other:
            continue  # nobody answers offers of a framework that the school has left
        lists.get(row.state, found.declined).append(Use(row, criterion.title if criterion else "", other))
    for some in (found.used, found.offered, found.declined):
        some.sort(key=lambda one: (one.framework, _numbers(one.row.criterion)))
    return found


def page_of_one(school: School, evidence: Evidence, now: Current, *, may_open: bool) -> dict[str, Any]:
    """All that the page shows besides the evidence itself (six queries; seven when it is kept apart)."""
    codes = list(EvidenceCode.objects.filter(school=school, evidence=evidence))
    logged = evidence.sensitive and may_open
    actions = ActionEvidence.objects.filter(school=school, evidence=evidence).select_related("action__plan__year")
    openings = Opening.objects.filter(school=school, evidence=evidence).select_related("by", "attachment")
    return {
        "files": files_of(evidence),
        "uses": uses_of(evidence, now),
        "codes": [one for one in codes if one.code != evidence.code],
        "actions": list(actions),
        "events": list(evidence.events.filter(school=school).select_related("by").order_by("-at", "-id")[:EVENTS]),
        "cited": cited_where(school, [evidence.code, *(one.code for one in codes)]),
        "openings": list(openings[:OPENINGS]) if logged else [],
        "logged": logged,
    }


def _numbers(code: str) -> list[Any]:
    return [int(part) if part.isdecimal() else 0 for part in code.split(".")]
