"""Run the rules over a plan; list them; count what they found."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import import_module

from caitien.checking import rules
from caitien.checking.left_behind import left_behind
from caitien.checking.rule import Context, Rule
from caitien.plan.model import Finding, ImprovementPlan
from caitien.standards.loading import available, load
from caitien.standards.model import Framework
from caitien.standards.problems import UnknownFramework

_ORDER = {"error": 0, "warning": 1, "hint": 2}


def check(plan: ImprovementPlan, *, framework: Framework | None = None, today: date) -> list[Finding]:
    """What is wrong with a plan: errors first, then warnings, then hints, each in the order of the rows.

    `framework`: what the plan is judged against; None takes the one that the plan names, if it names one we have.
    `today`: the day from which deadlines are judged. The plan is not changed.
    """
    framework = framework or _named(plan.framework)
    context = Context(plan=plan, today=today, framework=framework, frameworks=_versions(framework))
    found = [finding for rule in catalogue() for finding in rule.find(context)]
    return sorted(found, key=lambda f: (_ORDER[f.severity], -1 if f.action is None else f.action, f.rule))


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule, in the order of their ids. A rule is a module of `checking/rules` that has a `RULE`."""
    names = sorted(m.name for m in pkgutil.iter_modules(rules.__path__) if not m.name.startswith("_"))
    found = [import_module(f"{rules.__name__}.{name}").RULE for name in names]
    return tuple(sorted(found, key=lambda rule: rule.id))


def summary(findings: Iterable[Finding]) -> dict[str, int]:
    """How many of each severity: {"error": 5, "warning": 12, "hint": 8}."""
    counts = dict.fromkeys(_ORDER, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def with_readers_findings(findings: Iterable[Finding], plan: ImprovementPlan) -> list[Finding]:
    """The findings with those that reading left in the plan, once each: a rule that says the same of a row wins."""
    found = list(findings)
    said = {(f.rule, f.action) for f in found}
    said |= {(f.rule, None) for f in found if f.action is None}
    collected = {f.rule for f in found if f.action is None}  # a rule that spoke of all rows at once
    past = left_behind(plan)
    for other in plan.findings:
        if (other.rule, other.action) in said or other.rule in collected:
            continue
        if other.rule == "two-periods" and other.action in past:
            continue  # one of the two times is of a past year: `stale-date` says so
        if other.rule == "lost-letters" and (_said_better(other, found) or not _still_stands(other, plan)):
            continue
        found.append(other)
    return sorted(found, key=lambda f: (_ORDER[f.severity], -1 if f.action is None else f.action, f.rule))


def _said_better(lost: Finding, found: Iterable[Finding]) -> bool:
    """Whether `likely-typo`, which knows the whole word, speaks of the place where reading saw that letters are lost."""
    return any(
        f.rule == "likely-typo"
        and (f.action, f.field) == (lost.action, lost.field)
        and (lost.quote or "?") in (f.quote or "")
        for f in found
    )


def _still_stands(lost: Finding, plan: ImprovementPlan) -> bool:
    """Whether the words that reading quoted stand in the plan yet: once they are typed again, nothing is lost."""
    if lost.quote is None or lost.field is None or lost.action is None or lost.action >= len(plan.actions):
        return True
    value = getattr(plan.actions[lost.action], lost.field, None)
    return lost.quote in (" ".join(value) if isinstance(value, list) else str(value or ""))


def _named(framework_id: str | None) -> Framework | None:
    if not framework_id:
        return None
    try:
        return load(framework_id)
    except UnknownFramework:
        return None


def _versions(framework: Framework | None) -> tuple[Framework, ...]:
    """The framework and the other versions of its circular: what it extends, what extends it."""
    if framework is None:
        return ()
    others = [
        load(info.id)
        for info in available()
        if info.id != framework.id
        and info.document == f"{framework.document.kind} {framework.document.number}"
        and set(info.school_levels) & set(framework.school_levels)
    ]
    return (framework, *others)
