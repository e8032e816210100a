"""A plan of an old framework under a new one: criteria, weaknesses and evidence codes, all proposed, none decided.

The plan is its JSON value (`caitien.plan/1`), since this layer knows nothing of the plan's classes. Words are never
changed: what is proposed stands beside them, in the field `carried`, until a person confirms it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from caitien.errors import FrameworkError
from caitien.standards.crosswalks import Crosswalk, Likeness, Move, available_crosswalks, crosswalk
from caitien.standards.loading import load
from caitien.standards.model import Framework

Status = Literal["proposed", "confirmed"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to confirm. `place`: JSON pointer into the new plan ("/actions/3", "/issues/0", "/carried/evidence/2").

    `old`: a criterion, or an evidence code; `new`: where it could go, the main one first (empty: nowhere, `reason` says why).
    """

    place: str
    kind: Literal["action", "issue", "evidence"]
    old: str
    new: tuple[str, ...]
    likeness: Likeness | None
    reason: str
    status: Status = "proposed"

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {"new": list(self.new)}


@dataclass(frozen=True, slots=True)
class Carried:
    """`plan`: the new plan value; `proposals`: each thing that a person has to confirm; `warnings`: Vietnamese sentences."""

    plan: dict[str, Any]
    proposals: tuple[Proposal, ...]
    warnings: tuple[str, ...]


def carry(plan: Mapping[str, Any], to_framework: str) -> Carried:
    """A plan value under another framework; the argument does not change. Raises FrameworkError.

    A criterion goes to every criterion that the crosswalk names for it, the main one first. A level is never carried.
    Where the plan has no list of issues, its weaknesses become one (Biểu 2 of 2026 begins with them).
    """
    way = _way(plan.get("framework"), to_framework)
    old, new = load(way.old), load(way.new)
    result = copy.deepcopy(dict(plan))
    result["framework"] = new.id
    proposals: list[Proposal] = []
    evidence = _evidence(result, old, new, way)
    had_issues = bool(result.get("issues"))
    for list_name, kind in (("actions", "action"), ("issues", "issue")):
        for n, part in enumerate(result.get(list_name) or ()):
            place = f"/{list_name}/{n}"
            own = _carry_part(part, place, "action" if kind == "action" else "issue", way)
            mentioned = _codes_in(part, old)
            part["carried"]["evidence"] = [
                {"old": e.old, "new": e.new[0] if e.new else None, "status": e.status}
                for e in evidence
                if e.old in mentioned
            ]
            if kind == "issue":
                part["standard"] = _standard_of(part["criteria"], new)
            proposals += own
    if not had_issues:
        result["issues"] = [
            _issue(action, n, new) for n, action in enumerate(result.get("actions") or ()) if action.get("weakness")
        ]
        for n, issue in enumerate(result["issues"], 1):
            issue["number"] = n
        proposals += [_issue_proposal(issue, n) for n, issue in enumerate(result["issues"])]
    result["carried"] = {
        "status": "proposed",
        "from": old.id,
        "to": new.id,
        "level_reached": result.get("level_reached"),
        "warnings": list(way.warnings),
        "evidence": [e.to_dict() for e in evidence],
    }
    result["level_reached"] = None
    return Carried(result, (*proposals, *evidence), way.warnings)


def confirm(plan: Mapping[str, Any], place: str, new: tuple[str, ...] | list[str] | None = None) -> dict[str, Any]:
    """A copy of a carried plan with one proposal confirmed by a person. Raises FrameworkError.

    `place`: of the proposal. `new`: the criteria (or the one evidence code) that the person chose; the proposed ones
    when None.
    """
    result = copy.deepcopy(dict(plan))
    part = _at(result, place)
    framework = load(result["framework"])
    if place.startswith("/carried/evidence/"):
        chosen = list(new) if new is not None else part["new"][:1]
        if len(chosen) != 1 or not re.fullmatch(framework.evidence.pattern, chosen[0]):
            raise FrameworkError(f"Mã minh chứng mới phải là một mã như {framework.evidence.example}.")
        other = next((e for e in result["carried"]["evidence"] if e is not part and e["new"] == chosen), None)
        if other is not None:
            raise FrameworkError(f"Mã {chosen[0]} đã dùng cho {other['old']}; một mã chỉ cho một minh chứng.")
        part |= {"new": chosen, "status": "confirmed"}
        for owner in (*result.get("actions", ()), *result.get("issues", ())):
            for mentioned in (owner.get("carried") or {}).get("evidence", ()):
                if mentioned["old"] == part["old"]:
                    mentioned |= {"new": chosen[0], "status": "confirmed"}
        return result
    chosen = list(new) if new is not None else list(part["criteria"])
    unknown = [code for code in chosen if framework.criterion(code) is None]
    if unknown or not chosen:
        raise FrameworkError(f"Khung {framework.id} không có tiêu chí “{', '.join(unknown)}”; hãy chọn lại.")
    part["criteria"] = chosen
    part["carried"]["status"] = "confirmed"
    if place.startswith("/issues/"):
        part["standard"] = _standard_of(chosen, framework)
    return result


def evidence_codes_in(text: str, framework: Framework) -> Iterator[str]:
    """Evidence codes of a framework that stand in a text, written as its form asks: "H1-1.1-01" -> "[H1-1.1-01]"."""
    for found in re.finditer(framework.evidence.pattern, text):
        yield _written(framework, found)


def _way(from_framework: object, to_framework: str) -> Crosswalk:
    new = load(to_framework)
    if not isinstance(from_framework, str) or not from_framework:
        raise FrameworkError("Kế hoạch chưa ghi khung tiêu chuẩn (trường “framework”), nên chưa biết chuyển từ đâu.")
    old = load(from_framework)
    if old.id == new.id:
        raise FrameworkError(f"Kế hoạch đã theo khung {new.id}.")
    found = crosswalk(old.id, new.id)
    if found is None:
        targets = [c.new for c in available_crosswalks() if c.old == old.id]
        hint = f" Từ khung này chuyển được sang: {', '.join(targets)}." if targets else ""
        raise FrameworkError(f"Chưa có bảng chuyển từ {old.id} sang {new.id}.{hint}")
    return found


def _carry_part(part: dict[str, Any], place: str, kind: Literal["action", "issue"], way: Crosswalk) -> list[Proposal]:
    """Proposals for one action or issue, whose criteria become the proposed ones."""
    codes = list(part.get("criteria") or ())
    moves = {code: way.move(code) for code in codes}
    proposals = [_of_move(place, kind, code, move) for code, move in moves.items()]
    mains = [p.new[0] for p in proposals if p.new]
    others = [code for p in proposals for code in p.new[1:]]
    part["criteria"] = list(dict.fromkeys((*mains, *others)))
    part["carried"] = {
        "status": "proposed",
        "framework": way.old,
        "criteria": codes,
        "moves": [{"old": p.old, "new": list(p.new), "likeness": p.likeness, "reason": p.reason} for p in proposals],
    }
    return proposals


def _of_move(place: str, kind: Literal["action", "issue"], code: str, move: Move | None) -> Proposal:
    if move is None:
        return Proposal(place, kind, code, (), None, "Khung cũ không có tiêu chí này; hãy chọn tiêu chí mới.")
    targets = sorted(move.new, key=lambda target: not target.main)
    return Proposal(place, kind, code, tuple(t.code for t in targets), move.likeness, move.reason)


def _issue(action: Mapping[str, Any], n: int, new: Framework) -> dict[str, Any]:
    """A weakness as a row of the list of issues, with the criteria proposed for its action."""
    return {
        "number": None,
        "standard": _standard_of(action["criteria"], new),
        "criteria": list(action["criteria"]),
        "current_state": action.get("current_state"),
        "weakness": action.get("weakness"),
        "cause": action.get("cause"),
        "carried": {**copy.deepcopy(action["carried"]), "action": n},
    }


def _issue_proposal(issue: Mapping[str, Any], n: int) -> Proposal:
    carried = issue["carried"]
    likeness = next((move["likeness"] for move in carried["moves"]), None)
    reason = "Điểm yếu của một việc trong kế hoạch cũ, đề xuất làm vấn đề trọng tâm."
    return Proposal(f"/issues/{n}", "issue", ", ".join(carried["criteria"]), tuple(issue["criteria"]), likeness, reason)


def _standard_of(codes: list[str], framework: Framework) -> str | None:
    standard = framework.standard(codes[0]) if codes else None
    return standard.code if standard else None


# --- evidence codes


def _evidence(plan: Mapping[str, Any], old: Framework, new: Framework, way: Crosswalk) -> tuple[Proposal, ...]:
    """A new code for every old one in the plan: its own number where that is free, else the next free one."""
    taken = set(_codes_in(plan, new))
    found = sorted(_codes_in(plan, old).values(), key=lambda match: _order(match, way))
    proposals: list[Proposal] = []
    for match in found:
        code = f"{match['standard']}.{match['criterion']}"
        move = way.move(code)
        written = _written(old, match)
        if move is None or not move.new:
            reason = f"Khung {old.id} không có tiêu chí {code}; hãy chọn mã mới."
            proposals.append(Proposal("", "evidence", written, (), None, reason))
            continue
        main = next((t.code for t in move.new if t.main), move.new[0].code)
        number = int(match["number"]) or 1
        if code != main or _coded(new, main, number) in taken:
            number = next(n for n in range(1, 1000) if _coded(new, main, n) not in taken)
        taken.add(_coded(new, main, number))
        proposals.append(
            Proposal(
                "", "evidence", written, (_coded(new, main, number),), move.likeness, f"Theo tiêu chí {code} → {main}."
            )
        )
    return tuple(replace(p, place=f"/carried/evidence/{n}") for n, p in enumerate(proposals))


def _order(match: re.Match[str], way: Crosswalk) -> tuple[bool, list[int], int, int]:
    """Those whose criterion keeps its code first, so that they keep their numbers too."""
    code = f"{match['standard']}.{match['criterion']}"
    move = way.move(code)
    keeps = move is not None and any(t.main and t.code == code for t in move.new)
    return not keeps, [int(part) for part in code.split(".")], int(match["number"]), int(match["box"])


def _codes_in(value: Any, framework: Framework) -> dict[str, re.Match[str]]:
    """Every evidence code in the words of a value, as the framework writes it, with how it was found."""
    pattern = re.compile(framework.evidence.pattern)
    return {_written(framework, match): match for text in _texts(value) for match in pattern.finditer(text)}


def _written(framework: Framework, match: re.Match[str]) -> str:
    parts = {"box": "1", **match.groupdict()}
    return framework.evidence.code.format(**{**parts, "number": int(parts["number"])})


def _coded(framework: Framework, criterion: str, number: int) -> str:
    standard, _, last = criterion.partition(".")
    return framework.evidence.code.format(standard=standard, criterion=last, number=number, box=standard)


def _texts(value: Any) -> Iterator[str]:
    """All words in a value, but not where they stood in a file, what a double said, and what was carried before."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in ("provenance", "alternatives", "carried", "findings"):
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _at(plan: Mapping[str, Any], place: str) -> dict[str, Any]:
    value: Any = plan
    try:
        for step in place.strip("/").split("/"):
            value = value[int(step)] if isinstance(value, list) else value[step]
        found: dict[str, Any] = value
        if "carried" not in found and "old" not in found:
            raise KeyError(place)
    except (KeyError, IndexError, ValueError, TypeError):
        raise FrameworkError(f"Kế hoạch không có chỗ chờ xác nhận “{place}”.") from None
    return found
