"""What a rule is, what it sees (`Context`), and how it makes a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from caitien.plan.model import Action, Finding, Fix, ImprovementPlan, Severity
from caitien.plan.periods import years_of
from caitien.standards.model import Framework


@dataclass(frozen=True)
class Context:
    """What a rule may look at: the plan, what it is judged against, and the day on which it is looked at.

    `frameworks`: the framework of the plan and the other versions of the same circular (as issued, as amended): schools
    go on using the old criteria for a while. Empty when it is not known which framework applies.
    """

    plan: ImprovementPlan
    today: date
    framework: Framework | None = None
    frameworks: tuple[Framework, ...] = field(default=())

    @property
    def years(self) -> tuple[int, int] | None:
        """The calendar years of the school year: (2025, 2026); None when the plan does not say."""
        return years_of(self.plan.school_year)


@dataclass(frozen=True)
class Rule:
    """A rule: `find` looks and returns findings made with `Rule.finding`; the texts are what users read.

    `severity` is that of most of its findings; a finding may have another. `source`: where the rule comes from.
    """

    id: str
    severity: Severity
    title: str
    explanation: str
    source: str
    find: Callable[[Context], Iterable[Finding]]


def finding(
    rule: str,
    severity: Severity,
    message: str,
    *,
    action: int | None = None,
    field: str | None = None,
    quote: str | None = None,
    fixes: Iterable[Fix] = (),
) -> Finding:
    """A finding. `message` is one Vietnamese sentence; `action` the index of the row, `quote` the words concerned."""
    return Finding(
        rule=rule, severity=severity, message=message, action=action, field=field, quote=quote, fixes=list(fixes)
    )


def where(plan: ImprovementPlan, index: int) -> str:
    """How a user finds the row: "Mục 12 (tiêu chí 2.2)"."""
    action: Action = plan.actions[index]
    name = f"Mục {action.number}" if action.number not in (None, "") else f"Mục thứ {index + 1}"
    criteria = ", ".join(criterion_name(code) for code in action.criteria if code)
    return f"{name} ({criteria})" if criteria else name


def criterion_name(code: str) -> str:
    """ "tiêu chí 2.2"; of an item of Level 4, "khoản 3 của Mức 4"."""
    return f"khoản {code[3:]} của Mức 4" if code.startswith("M4.") else f"tiêu chí {code}"


def rows(plan: ImprovementPlan, indices: Iterable[int], most: int = 8) -> str:
    """The numbers of several rows: "mục 1, 2, 5"; the rest is counted: "mục 1, 2, 3 và 12 mục khác"."""
    names = [str(plan.actions[i].number or i + 1) for i in indices]
    if len(names) > most:
        return f"mục {', '.join(names[: most - 1])} và {len(names) - most + 1} mục khác"
    return "mục " + ", ".join(names)
