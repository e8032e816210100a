"""What words that lost letters in the file must have been ("cha m học sinh"), offered as an answer; a person chooses it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from caitien.plan import Action, ImprovementPlan
from caitien.web.documents.fields import set_value, value_of

CELLS_KEPT = 1024  # texts whose answer is kept in a worker's memory: a review asks for all of them on every page


def mended(name: str, value: Any) -> tuple[str, Any] | None:
    """(what it becomes, the mended value) of a row field; None when no sure mend is known. Takes and gives plain JSON."""
    if not value or not isinstance(value, str | list):
        return None
    found = _mended(name, tuple(value) if isinstance(value, list) else value)
    return None if found is None else (found[0], list(found[1]) if isinstance(value, list) else found[1])


@lru_cache(maxsize=CELLS_KEPT)
def _mended(name: str, value: str | tuple[str, ...]) -> tuple[str, Any] | None:
    from caitien.checking import apply_fix
    from caitien.checking.rule import Context
    from caitien.checking.rules.likely_typo import RULE

    action: dict[str, Any] = {}
    set_value(action, name, list(value) if isinstance(value, tuple) else value)
    plan = ImprovementPlan(actions=[Action.model_validate(action)])
    fixes = [fix for finding in RULE.find(Context(plan, date.today())) for fix in finding.fixes]
    if not fixes:
        return None
    for fix in fixes:
        plan = apply_fix(plan, fix)
    words = dict.fromkeys(word for fix in fixes for word in re.findall("“[^”]+”", fix.label))
    after = value_of(plan.to_dict()["actions"][0], name)
    return ", ".join(words), tuple(after) if isinstance(after, list) else after
