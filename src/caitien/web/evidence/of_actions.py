"""The expected evidence of an action of the plan and the evidence that is there for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from caitien.plan.text import one_space
from caitien.web.evidence.models import ActionEvidence, Evidence, EvidenceUse
from caitien.web.plans.editing import change
from caitien.web.plans.entries import marked
from caitien.web.schools.not_now import NotNow

MOST_OFFERED = 20


def of_action(action: Any) -> list[ActionEvidence]:
    """What proves an action, on the list still; in the order in which it came (one query)."""
    found = ActionEvidence.objects.filter(school=action.school_id, action=action, evidence__removed_at=None)
    return list(found.select_related("evidence"))


def lines_of(proof: ActionEvidence) -> list[str]:
    """The lines of expected evidence that it is: one evidence may be two of them."""
    return [line for line in proof.text.split("\n") if line]


def with_line(text: str, line: str) -> str:
    """The text of a proof that is a line more."""
    return text if not line or line in (text, *text.split("\n")) else "\n".join(part for part in (text, line) if part)


def by_line(
    proofs: Sequence[ActionEvidence], lines: Sequence[str]
) -> tuple[list[list[ActionEvidence]], list[ActionEvidence]]:
    """For each line what proves it, and what proves the action without being one of its lines (which may have been edited)."""
    said = [{one_space(line) for line in (*lines_of(proof), proof.text) if line} for proof in proofs]
    found = [[proof for proof, its in zip(proofs, said, strict=True) if one_space(line) in its] for line in lines]
    placed = {proof.pk for some in found for proof in some}
    return found, [proof for proof in proofs if proof.pk not in placed]


def tick(action: Any, line: str, user: Any) -> bool:
    """Marks an expected evidence as there, with the day and who; one that is marked keeps its mark. False when nothing
    changed: no such line (any more), or a plan that takes no reports any more."""
    day, who = timezone.localdate().isoformat(), user.get_full_name() or user.get_username() if user else ""

    def how(row: Any) -> dict[str, Any]:
        there = next((one for one in row.expected_evidence if one_space(one) == one_space(line)), None)
        if there is None or any(mark["text"] == there for mark in row.evidence_at_hand):
            return {}
        mark = {"on": day, "by": who}
        return {"evidence_at_hand": marked(row.expected_evidence, row.evidence_at_hand, mark, there)}

    if not one_space(line):
        return False
    try:
        with transaction.atomic():
            outcome = change(action.school, action.pk, how, user=user, reason=gettext_noop("Minh chứng đã có"))
    except NotNow:
        return False
    return bool(outcome.changed)


def likely(action: Any, framework: str) -> list[Evidence]:
    """Evidence that could prove an action: what is in use for its criteria, newest first."""
    uses = EvidenceUse.objects.filter(
        school=action.school_id, framework=framework, criterion__in=action.criteria, state=EvidenceUse.State.USED
    )
    rows = Evidence.objects.for_school(action.school_id).filter(pk__in=uses.values("evidence"))
    return list(rows.order_by("-created_at").defer("summary", "note")[:MOST_OFFERED])
