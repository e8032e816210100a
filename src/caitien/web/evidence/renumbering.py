"""Evidence whose code is of an old framework gets a code of the framework now in use; old and new stand beside each other.

Where an old criterion goes is proposed by the crosswalk of the frameworks and decided by a person. The old code stays the
evidence's in the ledger for ever, so that an old report still leads to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch

from caitien.assessment.evidence_codes import cited, in_order, written
from caitien.standards.crosswalks import crosswalk
from caitien.standards.model import Framework
from caitien.web.evidence import services
from caitien.web.evidence.codes import give_code
from caitien.web.evidence.models import Evidence, EvidenceCode, EvidenceUse
from caitien.web.plans.frameworks import framework as framework_of
from caitien.web.schools.models import School

A_STEP = 20  # evidences of one transaction


@dataclass(slots=True)
class Candidate:
    """An evidence without a code of the framework. `old`: (framework, criterion) that it served; `proposed`: new criteria
    of the crosswalk, the likeliest first; `criteria`: of the framework, where it is in use already."""

    evidence: Evidence
    codes: list[str]
    old: list[tuple[str, str]] = field(default_factory=list)
    proposed: list[str] = field(default_factory=list)
    criteria: list[str] = field(default_factory=list)

    @property
    def first(self) -> str:
        """The criterion that would give the code."""
        return (self.criteria or self.proposed or [""])[0]


def candidates(school: School, framework: Framework) -> list[Candidate]:
    """Evidence that has no code of the framework's style, in order of its old code (three queries)."""
    uses = EvidenceUse.objects.for_school(school).filter(state=EvidenceUse.State.USED)
    codes = EvidenceCode.objects.for_school(school)
    rows = Evidence.objects.for_school(school).prefetch_related(
        Prefetch("uses", uses, to_attr="loaded_uses"), Prefetch("codes", codes, to_attr="loaded_codes")
    )
    found = []
    for row in rows:
        if written(row.code, framework.evidence) is not None:
            continue
        one = Candidate(
            row, list(dict.fromkeys([*filter(None, [row.code]), *(code.code for code in row.loaded_codes)]))
        )
        for use in row.loaded_uses:
            if use.framework == framework.id:
                one.criteria.append(use.criterion)
            else:
                one.old.append((use.framework, use.criterion))
        if one.codes or one.old or one.criteria:
            one.proposed = _proposed(one, framework)
            found.append(one)
    return found


def renumber(
    school: School,
    framework: Framework,
    wanted: Mapping[UUID, str],
    user: Any,
    told: Callable[[int, int], None] | None = None,
) -> dict[UUID, tuple[str, str]]:
    """Gives new codes: evidence -> criterion. Gives evidence -> (old code, new code). One that has its code keeps it.

    What is done twice is done once. A criterion that the framework has not is passed over.
    """
    order = in_order_of_codes(school, wanted)
    done: dict[UUID, tuple[str, str]] = {}
    for start in range(0, len(order), A_STEP):
        with transaction.atomic():
            for key in order[start : start + A_STEP]:
                if (pair := _one(school, framework, key, wanted[key], user)) is not None:
                    done[key] = pair
        if told is not None:
            told(min(start + A_STEP, len(order)), len(order))
    return done


def in_order_of_codes(school: School, keys: Iterable[UUID]) -> list[UUID]:
    """The school's evidences of `keys`, by their old codes, so that new numbers follow the old order."""
    rows = Evidence.objects.for_school(school).filter(pk__in=list(keys)).order_by("code_order", "created_at", "id")
    return list(rows.values_list("pk", flat=True))


def _one(school: School, framework: Framework, key: UUID, criterion: str, user: Any) -> tuple[str, str] | None:
    if framework.criterion(criterion) is None:
        return None
    row = services.held(school, key)
    row.school = school
    if row.removed_at is not None or written(row.code, framework.evidence) is not None:
        return None
    old, row.code = row.code, ""
    new = give_code(row, framework, criterion, user)
    if not new:
        row.code = old
        return None
    row.version += 1
    row._history_user, row._change_reason, row._batch = user, None, None
    row.save()
    services.tell(row, services.Kind.CODED, user, f"{old} → {new}" if old else new)
    services.use(row, framework, [criterion], user)
    services.words_changed(row)
    return old, new


def _proposed(one: Candidate, framework: Framework) -> list[str]:
    """Where the crosswalk leads from its old criteria (or from the criterion in its old code), the main ones first."""
    main: list[str] = []
    others: list[str] = []
    for old, criterion in one.old or _of_codes(one.codes, framework):
        way = crosswalk(old, framework.id)
        move = way.move(criterion) if way is not None else None
        for target in move.new if move is not None else ():
            (main if target.main else others).append(target.code)
    return list(dict.fromkeys([*main, *others]))


def _of_codes(codes: Iterable[str], framework: Framework) -> list[tuple[str, str]]:
    """(old framework, criterion) of codes that say their criterion, for every framework that leads to this one."""
    from caitien.standards.crosswalks import available_crosswalks

    found = []
    for way in available_crosswalks():
        old = framework_of(way.old) if way.new == framework.id else None
        for code in codes if old is not None else ():
            found += [(way.old, of.criterion) for of in cited(code, old.evidence)]  # type: ignore[union-attr]
    return found


def mapping(school: School, framework: Framework) -> list[tuple[str, str, str, str]]:
    """(old code, list it is of, new code, name) of every evidence that has had another code, in order of the new (two queries)."""
    rows = EvidenceCode.objects.for_school(school).exclude(evidence=None).select_related("evidence")
    pairs = [
        (row.code, row.series, row.evidence.code, row.evidence.name) for row in rows if row.code != row.evidence.code
    ]
    order = {code: place for place, code in enumerate(in_order({pair[2] for pair in pairs}, framework.evidence))}
    return sorted(pairs, key=lambda pair: (order[pair[2]], pair[1], pair[0]))
