"""What a school has already of what is pasted: actions that say the same, people by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from caitien.plan import Action as ActionValue
from caitien.plan.text import fold, one_space
from caitien.reading.pasted import CellFinding, PastedRow
from caitien.reading.pasted_people import names_in, nearest_name
from caitien.web.plans.models import Action
from caitien.web.schools.people import Directory
from caitien.web.ui.vietnamese import day

SAME_WORK = 88  # likeness of contents (0-100) from which a row is taken for one that the plan has already


@dataclass(slots=True)
class Twin:
    """What a row says again: an action of the plan, or (`action` None) an earlier row of the block."""

    words: str
    likeness: int
    action: Action | None = None
    row: int | None = None
    differs: list[str] = field(default_factory=list)


def twins_of(new: Sequence[ActionValue], actions: Sequence[Action]) -> list[Twin | None]:
    """For each new action the one it repeats: of the plan, or among the new ones before it.

    Words that differ in a number ("lớp 4", "lớp 5") are of different work.
    """
    there = [(_About.of(a), a) for a in actions]
    before: list[tuple[_About, ActionValue]] = []
    found: list[Twin | None] = []
    for action in new:
        about = _About.of(action)
        likely = [(about.likeness(said), other) for said, other in there]
        best = max(likely, key=lambda pair: pair[0], default=(0, None))
        twin: Twin | None = None
        if best[1] is not None and best[0] >= SAME_WORK:
            other = best[1]
            name = one_space(other.content or other.weakness or other.objective or "; ".join(other.measures))[:80]
            twin = Twin(name, best[0], action=other, differs=_differs(action, other))
        else:
            for row, (said, other_value) in enumerate(before):
                same_time = action.period.text in (other_value.period.text, None)
                if same_time and about.likeness(said) >= SAME_WORK:
                    twin = Twin("", about.likeness(said), row=row)
                    break
        before.append((about, action))
        found.append(twin)
    return found


@dataclass(frozen=True, slots=True)
class _About:
    """What an action is about, for asking whether another is the same."""

    words: str
    numbers: tuple[int, ...]
    criteria: frozenset[str]

    @classmethod
    def of(cls, action: Any) -> _About:
        words = fold(action.content or action.weakness or action.objective or " ".join(action.measures))
        return cls(words, tuple(int(n[-9:]) for n in re.findall(r"\d+", words)), frozenset(action.criteria))

    def likeness(self, other: _About) -> int:
        """0 to 100; 0 where the two cannot be one."""
        from rapidfuzz.fuzz import ratio

        if not self.words or not other.words or self.numbers != other.numbers:
            return 0
        if self.criteria and other.criteria and not self.criteria & other.criteria:
            return 0
        return round(ratio(self.words, other.words, score_cutoff=SAME_WORK))


def _differs(action: ActionValue, other: Action) -> list[str]:
    """What the pasted row says otherwise, where both say something."""
    pairs = {
        _("thời gian"): (action.period.text, other.period_text),
        _("người phụ trách"): ("; ".join(action.responsible), "; ".join(other.responsible)),
        _("kinh phí"): (action.resources.budget_vnd, other.budget_vnd),
    }
    return [
        name
        for name, (a, b) in pairs.items()
        if a not in (None, "") and b not in (None, "") and fold(str(a)) != fold(str(b))
    ]


def people_findings(row: PastedRow, people: Directory) -> list[CellFinding]:
    """Persons among the owners and helpers who are not in the school's list, or have left the school."""
    if not people.people:
        return []
    known = [person.name for person in people.people if person.left_on is None]
    found = []
    for name, entries in (("responsible", row.action.responsible), ("collaborators", row.action.collaborators)):
        for entry in entries:
            person = people.match(entry)
            if person is not None:
                if person.left_on is not None:
                    said = _("“%(name)s” đã rời trường từ %(day)s; hãy ghi người khác.")
                    found.append(_of_person("left-school", "warning", said % {"name": entry, "day": day(person.left_on)}, entry, row, name))  # fmt: skip
                continue
            for named in names_in(entry)[:1]:
                near = nearest_name(named, known)
                if near:
                    said = _("“%(name)s” chưa có trong danh sách người của trường; có phải là “%(near)s” không?")
                    finding = _of_person("unknown-person", "warning", said % {"name": named, "near": near}, named, row, name)  # fmt: skip
                    finding.suggestion = row.texts.get(name, entry).replace(named, near) if named in row.texts.get(name, "") else None  # fmt: skip
                else:
                    said = _("“%(name)s” chưa có trong danh sách người của trường; nếu đúng là người mới thì cứ để nguyên, tên sẽ được thêm vào danh sách.")  # fmt: skip
                    finding = _of_person("unknown-person", "hint", said % {"name": named}, named, row, name)
                found.append(finding)
    return found


def _of_person(rule: str, severity: Any, message: str, quote: str, row: PastedRow, name: str) -> CellFinding:
    return CellFinding(rule, severity, message, quote, row=row.key, field=name)
