"""What a school has already of what is pasted: actions that say the same, people by their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
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


def twins_of(new: Sequence[ActionValue], actions: Sequence[Action], stale: Collection[int] = ()) -> list[Twin | None]:
    """For each new action the one it repeats: of the plan, or of the block.

    Words that differ in a number ("lớp 4", "lớp 5") are of different work, and so are equal words for two times of one year.
    `stale`: the places of new actions whose time is of another year: of a row copied twice the other one stays.
    """
    there = [(_About.of(a), a) for a in actions]
    about = [_About.of(a) for a in new]
    found: list[Twin | None] = []
    for action, said in zip(new, about, strict=True):
        likely = max(((said.likeness(other), row) for other, row in there), key=lambda pair: pair[0], default=(0, None))
        likeness, row = likely
        found.append(
            Twin(_name(row), likeness, action=row, differs=_differs(action, row)) if row and likeness else None
        )
    for later in range(len(new)):
        for earlier in range(later):
            likeness = about[earlier].likeness(about[later])
            loser = _loser(new, earlier, later, stale) if likeness else None
            if loser is not None:
                stays = earlier + later - loser
                found[loser] = found[loser] or Twin(
                    "", likeness, row=stays, differs=_differs_within(new[loser], new[stays])
                )
                break
    return found


def _loser(new: Sequence[ActionValue], earlier: int, later: int, stale: Collection[int]) -> int | None:
    """Which of two rows that say the same is left out; None when they are two pieces of work."""
    one, two = new[earlier], new[later]
    if (earlier in stale) != (later in stale):
        return earlier if earlier in stale else later
    same_number = one.number is not None and one.number == two.number and one.criteria == two.criteria
    same_time = fold(one.period.text) == fold(two.period.text) or not two.period.text
    return later if same_time or same_number else None


def _name(row: Action) -> str:
    return one_space(row.content or row.weakness or row.objective or "; ".join(row.measures))[:80]


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
    return _unlike(
        (action.period.text, other.period_text),
        (action.responsible, other.responsible),
        (action.resources.budget_vnd, other.budget_vnd),
    )


def _differs_within(action: ActionValue, other: ActionValue) -> list[str]:
    return _unlike(
        (action.period.text, other.period.text),
        (action.responsible, other.responsible),
        (action.resources.budget_vnd, other.resources.budget_vnd),
    )


def _unlike(*pairs: tuple[Any, Any]) -> list[str]:
    """The names of the time, the owner and the money, in this order, where both say something and not the same."""
    names = (_("thời gian"), _("người phụ trách"), _("kinh phí"))
    said = [(name, _plain(a), _plain(b)) for name, (a, b) in zip(names, pairs, strict=True)]
    return [name for name, a, b in said if a and b and a != b]


def _plain(value: Any) -> str:
    return fold("; ".join(value) if isinstance(value, list) else "" if value is None else str(value))


def criteria_findings(row: PastedRow, framework: Any | None) -> list[CellFinding]:
    """Criteria of a row that the plan's framework (as `frameworks.framework` gives it) does not have."""
    unknown = [c for c in row.action.criteria if framework and not c.startswith("M") and framework.criterion(c) is None]
    if not unknown or "criteria" not in row.texts:
        return []
    said = _("%(framework)s không có tiêu chí %(codes)s; hãy xem lại mã.")
    said %= {"framework": framework.short_title, "codes": ", ".join(unknown)}  # type: ignore[union-attr]
    return [_of_person("unknown-criterion", "warning", said, row.texts["criteria"], row, "criteria")]


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
