"""Two people wrote the same field: what the second is shown, and how her choice is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from caitien.web.plans.changes import words
from caitien.web.plans.editing import Outcome
from caitien.web.plans.fields import FIELDS
from caitien.web.plans.forms import DATES_OF_PERIOD, inputs_of, words_of
from caitien.web.plans.models import Action, Plan

MINE, THEIRS, BOTH = "toi", "nguoi-khac", "ca-hai"


@dataclass(frozen=True, slots=True)
class ShownClash:
    """A field on the page of the clash. `inputs`: what is sent again when she keeps hers (input name to words)."""

    name: str
    label: Any
    mine: str
    theirs: str
    rows: int
    inputs: list[tuple[str, str]]
    joinable: bool  # both texts can stand one after the other


def clash_context(
    plan: Plan, outcome: Outcome, sent: Mapping[str, str] | None = None, touched: Collection[str] = ()
) -> dict[str, Any]:
    """For plans/clash.html. `sent`: what the form held, `touched`: the fields that she changed in it: these are saved along
    with the choice. What she did not touch stays out, else her old words would take the place of what others saved there."""
    last = (
        Action.history.filter(id=outcome.row.pk, school_id=outcome.row.school_id)
        .select_related("history_user")
        .latest()
    )
    clashes = [_shown(clash, outcome.row) for clash in outcome.clashes]
    names = {clash.name for clash in clashes}
    kept = set(touched) - names
    others = [(name, sent[name]) for name in _inputs() if sent and name in sent and _field_of(name) in kept]
    return {"plan": plan, "action": outcome.row, "clashes": clashes, "others": others, "last": last}


def settled(sent: Mapping[str, str], row: Action) -> dict[str, str]:
    """What the clash page sent, as an ordinary edit form: a field where she took the other's text is left out."""
    data = dict(sent.items())
    for name in FIELDS:
        choice = data.pop(f"chon_{name}", None)
        if choice == THEIRS:
            for one in (name, *(DATES_OF_PERIOD if name == "period" else ())):
                data.pop(one, None)
        elif choice == BOTH and name in data:
            theirs = FIELDS[name].shown(row)
            data[name] = "\n".join(part for part in (theirs, data[name]) if part)
    return data


def _shown(clash: Any, row: Action) -> ShownClash:
    field = FIELDS[clash.field]
    mine = SimpleNamespace(**clash.mine)
    inputs = words_of(mine, [clash.field])
    return ShownClash(
        name=clash.field,
        label=field.label,
        mine=words(clash.field, mine),
        theirs=words(clash.field, row),
        rows=max(field.rows, 2),
        inputs=list(inputs.items()),
        joinable=len(field.columns) == 1 and field.rows > 1,
    )


def _inputs() -> list[str]:
    return [one for name in FIELDS for one in inputs_of(name)]


def _field_of(name: str) -> str:
    return next((field for field in FIELDS if name in inputs_of(field)), name)
