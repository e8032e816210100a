"""What level a school is at and what the next one still lacks, in words for a page: out of the engine's result. Values only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caitien.standards.judgements import Judgements
from caitien.standards.judging import judge
from caitien.standards.model import Framework
from caitien.standards.problems import JudgementError
from caitien.standards.results import Blocker, ConditionResult, SchoolResult
from caitien.web.assessments import trying
from caitien.web.frameworks.words import OUTCOMES, level_titles

AT_ONCE = 5
"""So many things that are lacking are shown before the board; the rest can be unfolded."""
Steps = Callable[[str, int], Sequence[str]]
"""Code of a criterion, a level -> what is to be done so that it can be judged met there."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A criterion that the next level waits for. `why`: the engine's reason without the criterion's name; `steps`: what is to
    be done, as words; `try_query`: the end of an address that tries it as met."""

    code: str
    title: str
    level: int
    why: str
    not_met: bool
    steps: tuple[str, ...] = ()
    try_query: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Criteria of which `enough` must still be reached, whichever they are (0: points are lacking, any of them brings some)."""

    enough: int
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The level with its reasons. `mistake`: a sentence when the engine refused, and then nothing else."""

    result: SchoolResult | None = None
    level: int = 0
    level_title: str = ""
    target_title: str = ""
    lead: str = ""
    summary: tuple[str, ...] = ()
    conditions: tuple[tuple[ConditionResult, Any], ...] = ()
    necessary: tuple[Lack, ...] = ()
    choices: tuple[Choice, ...] = ()
    things: int = 0
    judged: int = 0
    total: int = 0
    mistake: str = ""

    @property
    def first_necessary(self) -> tuple[Lack, ...]:
        """What a page shows at once of what is necessary."""
        return self.necessary[:AT_ONCE]

    @property
    def more_necessary(self) -> tuple[Lack, ...]:
        """What it folds away."""
        return self.necessary[AT_ONCE:]

    @property
    def first_lacks(self) -> tuple[Lack, ...]:
        """What is lacking, as far as a first line has room: what is necessary, then what can be chosen."""
        return (*self.necessary, *(lack for choice in self.choices for lack in choice.lacks))[:6]


def answer_of(
    framework: Framework,
    judgements: Judgements,
    steps: Steps = lambda code, level: (),
) -> Answer:
    """The level that these judgements give, why, and what the next one lacks: the least lacking first.

    `steps`: what is to be done so that a criterion can be judged met at a level.
    """
    try:
        result = judge(framework, judgements)
    except JudgementError as error:
        return Answer(mistake=str(error))
    titles = level_titles(framework)
    sentences = {condition.sentence for condition in result.conditions}
    necessary = tuple(_lack(one, framework, steps) for one in result.blocking if one.necessary)
    choices = _choices(result, framework, steps)
    things = len(necessary) + sum(choice.enough or 1 for choice in choices)
    target = titles.get(result.blocking[0].target, "") if result.blocking else ""
    return Answer(
        result=result,
        level=result.level,
        level_title=titles.get(result.level, ""),
        target_title=target,
        lead=_lead(titles, result.level, target, things),
        summary=tuple(reason for reason in result.reasons if reason not in sentences),
        conditions=tuple((one, OUTCOMES[one.outcome]) for one in result.conditions),
        necessary=necessary,
        choices=choices,
        things=things,
        judged=sum(1 for one in result.criteria if any(word != "not_judged" for word in one.judged.values())),
        total=len(result.criteria),
    )


def _lead(titles: dict[int, str], level: int, target: str, things: int) -> str:
    """ "Mức 1: đạt. Mức 2: còn thiếu 3 điều." """
    reached = _("%(level)s: đạt.") % {"level": titles[level]} if level else ""
    if not target:
        return _("%(level)s: đạt, mức cao nhất của khung.") % {"level": titles[level]} if level else ""
    lacking = ngettext("%(level)s: còn thiếu %(n)s điều.", "%(level)s: còn thiếu %(n)s điều.", things)
    return f"{reached} {lacking % {'level': target, 'n': things}}".strip()


def _choices(result: SchoolResult, framework: Framework, steps: Steps) -> tuple[Choice, ...]:
    """Blockers that are not necessary, put together by the condition that they are for."""
    found: dict[tuple[int, int], list[Blocker]] = {}
    for one in result.blocking:
        if not one.necessary:
            found.setdefault((one.enough or 0, one.level if one.enough else 0), []).append(one)
    return tuple(
        Choice(enough, tuple(_lack(one, framework, steps) for one in own)) for (enough, _level), own in found.items()
    )


def _lack(one: Blocker, framework: Framework, steps: Steps) -> Lack:
    why = one.reason.removeprefix(f"Tiêu chí {one.criterion} {one.title}: ")
    if not one.necessary and one.enough:
        why = why.split(" Cần thêm ")[0]
    return Lack(
        one.criterion,
        one.title,
        one.level,
        why,
        one.judgement == "not_met",
        tuple(steps(one.criterion, one.level)),
        trying.as_met(framework, one.criterion, one.level),
    )
