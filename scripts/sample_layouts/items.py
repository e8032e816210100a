"""One row of a sample plan, with what a reader must find in it, and the form in which the scorer wants that."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Item:
    """A row as its author means it. `time` is what is printed; `start` and `end` are what it means."""

    criteria: tuple[str, ...] = ()
    content: str = ""
    weakness: str = ""
    cause: str = ""
    objective: str = ""
    measures: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    progress: str = ""
    result: str = ""
    note: str = ""
    time: str = ""
    start: str | None = None
    end: str | None = None
    responsible: tuple[str, ...] = ()
    collaborators: tuple[str, ...] = ()
    budget: str = ""  # as printed
    vnd: int | None = None
    sources: tuple[str, ...] = ()
    resources: str = ""
    stt: int | None = None

    def but(self, **changes: Any) -> Item:
        return replace(self, **changes)


@dataclass
class Sample:
    """A finished document: its bytes by file name, and what reading it must give."""

    name: str
    data: bytes
    items: list[Item]
    columns: tuple[str, ...]  # names of the fields that the layout prints
    doc: dict[str, Any] = field(default_factory=dict)
    issues: list[dict[str, Any]] = field(default_factory=list)
    monitoring: list[dict[str, Any]] = field(default_factory=list)
    troubles: str = ""  # one Vietnamese or English line: what is ugly here

    def expected(self) -> dict[str, Any]:
        """The answers, in the scorer's form: only fields that the layout prints."""
        return {
            "case": self.name,
            "format": self.name.rsplit(".", 1)[-1],
            "troubles": self.troubles,
            "doc": self.doc,
            "item_count": len(self.items),
            "items": [self._expected(item) for item in self.items],
            "issues": self.issues,
            "monitoring": self.monitoring,
        }

    def _expected(self, item: Item) -> dict[str, Any]:
        shown = set(self.columns)

        def text(name: str) -> str | None:
            return (getattr(item, name) or None) if name in shown else None

        def texts(name: str) -> list[str]:
            return list(getattr(item, name)) if name in shown else []

        answer: dict[str, Any] = {
            "stt": item.stt,
            "criteria": list(item.criteria),
            "weakness": text("weakness"),
            "work": text("content"),
            "goal": text("objective"),
            "measures": texts("measures"),
            "indicator": texts("indicators"),
            "time_raw": text("time"),
            "responsible": texts("responsible"),
            "coordinators": texts("collaborators"),
            "evidence": texts("evidence"),
            "progress": text("progress"),
            "result": text("result"),
            "note": text("note"),
        }
        if "cause" in shown:
            answer["cause"] = text("cause")
        if "time" in shown:
            answer["time"] = {"start": item.start, "end": item.end}
        if "budget" in shown or "resources" in shown:
            answer["budget_vnd"] = item.vnd
        if "sources" in shown:
            answer["funding_sources"] = list(item.sources)
        if "resources" in shown:
            answer["resources"] = item.resources or None
        return answer
