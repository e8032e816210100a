"""Official forms, one file each: a module here with a `FORM` is a form; nothing else has to be told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal

from caitien.plan import ImprovementPlan
from caitien.writing.document import Document


@dataclass(frozen=True, slots=True)
class Form:
    """A form: how it is named, where it comes from, and the function that lays a plan out in it.

    `confidence` says in Vietnamese how sure we are that this is the form the source prints.
    """

    id: str
    title: str
    source: str
    confidence: str
    build: Callable[[ImprovementPlan], Document]
    order: int = 100  # place in lists, smallest first
    kind: Literal["plan", "report"] = "plan"  # a plan to be signed, or a report on how it is carried out


@cache
def discover() -> dict[str, Form]:
    """Every form by its id, in the order of lists."""
    modules = (import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__) if not m.name.startswith("_"))
    found: list[Form] = [module.FORM for module in modules if hasattr(module, "FORM")]
    return {form.id: form for form in sorted(found, key=lambda f: (f.order, f.id))}
