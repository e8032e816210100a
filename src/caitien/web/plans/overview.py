"""Where the plan stands: counts, filters and groups, from rows and a day. No query here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any

from caitien.plan.summary import is_left_over
from caitien.plan.text import fold, sort_key

SOON = timedelta(days=14)
FINISHED = ("done", "dropped")
UNKNOWN = "unknown"  # of the status filter: actions whose status nobody said
LONGEST = 300  # letters of a filter that are looked at


@dataclass(slots=True)
class Row:
    """An action as the plan page shows it. `status`: what is true today, overdue when its last day is past."""

    action: Any
    status: str | None
    overdue: bool
    soon: bool
    findings: list[Any] = field(default_factory=list)

    @property
    def worst(self) -> str | None:
        """The gravest severity among its findings."""
        return next((s for s in ("error", "warning", "hint") if any(f.severity == s for f in self.findings)), None)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of some rows are what. Money in whole đồng; None: no action says an amount."""

    total: int
    done: int
    overdue: int
    soon: int
    ownerless: int
    evidenceless: int
    moneyless: int
    flagged: int
    budget_vnd: int | None
    spent_vnd: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader asked to see; every view of the plan understands it alike.

    `words`: searched without diacritics. `only`: one of ONLY. `owner`, `source`: as printed. `criterion`: a code, or that
    of a standard. `status`: what is true today, UNKNOWN for none.
    """

    words: str = ""
    only: str = ""
    owner: str = ""
    criterion: str = ""
    source: str = ""
    status: str = ""

    @classmethod
    def from_query(cls, asked: Mapping[str, str]) -> Choice:
        """The choice of an address (`request.GET`). What is no filter is left out."""
        words = {name: str(asked.get(short, "")).strip()[:LONGEST] for name, short in IN_ADDRESS.items()}
        if words["only"] not in ONLY:
            words["only"] = ""
        if words["status"] not in STATUSES:
            words["status"] = ""
        return cls(**words)

    def query(self) -> dict[str, str]:
        """The choice for an address: only what was chosen."""
        return {short: value for name, short in IN_ADDRESS.items() if (value := getattr(self, name))}

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


IN_ADDRESS = {"words": "tim", "only": "loc", "owner": "nguoi", "criterion": "tc", "source": "nguon", "status": "muc"}
STATUSES = ("not_started", "in_progress", "done", "overdue", "dropped", UNKNOWN)


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    title: str
    rows: list[Row]


ONLY = {
    "done": lambda row: row.status == "done",
    "overdue": lambda row: row.overdue,
    "soon": lambda row: row.soon,
    "flagged": lambda row: bool(row.findings),
    "ownerless": lambda row: not row.action.responsible,
    "evidenceless": lambda row: _lacks_evidence(row),
    "moneyless": lambda row: _lacks_money(row),
    "money": lambda row: bool(row.action.budget_vnd),
    "in_progress": lambda row: row.action.progress_status == "in_progress",
    "not_started": lambda row: row.action.progress_status in (None, "not_started"),
}


def rows_of(actions: Iterable[Any], today: date, findings: dict[Any, list[Any]] | None = None) -> list[Row]:
    """The rows of a plan today. `findings`: key of an action to its findings."""
    return [_row(action, today, (findings or {}).get(action.pk, [])) for action in actions]


def counts(rows: Sequence[Row]) -> Counts:
    planned = [row.action.budget_vnd for row in rows if row.action.budget_vnd is not None]
    spent = [amount for row in rows if (amount := spent_vnd(row.action)) is not None]
    return Counts(
        total=len(rows),
        done=sum(row.status == "done" for row in rows),
        overdue=sum(row.overdue for row in rows),
        soon=sum(row.soon for row in rows),
        ownerless=sum(not row.action.responsible for row in rows),
        evidenceless=sum(_lacks_evidence(row) for row in rows),
        moneyless=sum(_lacks_money(row) for row in rows),
        flagged=sum(bool(row.findings) for row in rows),
        budget_vnd=sum(planned) if planned else None,
        spent_vnd=sum(spent) if spent else None,
    )


def spent_vnd(action: Any) -> int | None:
    """What was spent for an action, whole đồng: the sum of its budget lines. None when no line says it."""
    amounts = [line["spent_vnd"] for line in action.budget_lines or [] if line.get("spent_vnd") is not None]
    return sum(amounts) if amounts else None


def sources_of(action: Any) -> list[str]:
    """The funding sources that an action names, in its own list and in its budget lines."""
    lines = [line["source"] for line in action.budget_lines or [] if line.get("source")]
    return list(dict.fromkeys([*action.funding_sources, *lines]))


def chosen(rows: Iterable[Row], choice: Choice) -> list[Row]:
    """The rows that fit every part of the choice."""
    words = fold(choice.words).split()
    keep = ONLY.get(choice.only, lambda _row: True)
    return [
        row
        for row in rows
        if keep(row)
        and (not choice.status or (row.status or UNKNOWN) == choice.status)
        and (not choice.owner or choice.owner in row.action.responsible)
        and (not choice.criterion or _answers(row.action, choice.criterion))
        and (not choice.source or choice.source in sources_of(row.action))
        and (not words or all(word in _searched(row.action) for word in words))
    ]


def grouped(rows: Iterable[Row], titles: dict[str, str]) -> list[Group]:
    """Rows by standard, in the order of the framework; standards it does not have, then rows without one, at the end."""
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row.action.standard, []).append(row)
    order = {code: place for place, code in enumerate(titles)}
    codes = sorted(by_code, key=lambda code: (code == "", order.get(code, len(order)), code))
    return [Group(code, titles.get(code, ""), by_code[code]) for code in codes]


def owners(actions: Iterable[Any]) -> list[str]:
    """Everybody who is responsible for something, in Vietnamese order."""
    return sorted({person for action in actions for person in action.responsible}, key=sort_key)


def sources(actions: Iterable[Any]) -> list[str]:
    """Every funding source that is named, in Vietnamese order."""
    return sorted({source for action in actions for source in sources_of(action)}, key=sort_key)


def criteria_in_order(actions: Iterable[Any]) -> list[str]:
    """The codes of all criteria that actions answer, as people count: 1.2 before 1.10, items of Level 4 at the end."""
    return sorted({code for action in actions for code in action.criteria}, key=code_key)


def code_key(code: str) -> tuple[Any, ...]:
    """For sorting codes of criteria: "1.2" < "1.10" < "2.1" < "M4.1"; what is no code comes last."""
    parts = code.removeprefix("M").split(".")
    if not all(part.isdecimal() for part in parts):
        return (2, (), code)
    return (int(code.startswith("M")), tuple(map(int, parts)), code)


def _row(action: Any, today: date, findings: list[Any]) -> Row:
    status = action.progress_status
    open_still = status not in FINISHED
    past = action.ends_on is not None and action.ends_on < today
    # A date of an earlier year was copied, it is no deadline: a finding says so, and the reports count it as the page does.
    overdue = open_still and (status == "overdue" or (past and not is_left_over(action.ends_on, _year_of(action))))
    soon = open_still and not overdue and not past and action.ends_on is not None and action.ends_on <= today + SOON
    return Row(action, "overdue" if overdue else status, overdue, soon, findings)


def _year_of(action: Any) -> str | None:
    """The school year of the action's plan, when both are in memory: this asks no database."""
    plan = _in_memory(action, "plan")
    year = _in_memory(plan, "year")
    return year.name if year is not None else None


def _in_memory(row: Any, link: str) -> Any:
    state = getattr(row, "_state", None)
    return state.fields_cache.get(link) if state is not None else None


def _lacks_evidence(row: Row) -> bool:
    """Nothing would prove it: no evidence is expected, none is at hand."""
    return not row.action.expected_evidence and not row.action.evidence_at_hand


def _lacks_money(row: Row) -> bool:
    """Nothing is said about money: not an amount, not "Không", not words that mean no amount we know."""
    return row.action.budget_vnd is None and not row.action.budget_text


def _answers(action: Any, criterion: str) -> bool:
    return criterion in action.criteria or criterion == action.standard


def _searched(action: Any) -> str:
    parts: list[Any] = [
        *action.criteria, action.content, action.weakness, action.objective, action.period_text, action.result, action.note,
        *action.responsible, *action.collaborators, *action.measures, *action.expected_evidence, *action.funding_sources,
    ]  # fmt: skip
    return fold(" ".join(part for part in parts if part))
