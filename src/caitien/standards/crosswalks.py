"""From the criteria of an old framework to those of a new one: data, proposed by people, to be confirmed by people."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from caitien.standards import marked_yaml
from caitien.standards.loading import load
from caitien.standards.model import Framework
from caitien.standards.parts import Code, FrameworkId, Part, Text
from caitien.standards.problems import FrameworkFileError, Problem
from caitien.standards.validating import build_value

FOLDER = Path(__file__).parent / "crosswalks"

Likeness = Literal["high", "medium", "low"]
LIKENESS_WORDS = {
    "high": "cao: cùng đối tượng, gần như một đổi một",
    "medium": "trung bình: phải tách hoặc dồn",
    "low": "thấp: không còn tiêu chí tương ứng",
}


class Target(Part):
    """A new criterion. `main`: most of the old one goes there."""

    code: Code
    main: bool = True


class PartMove(Part):
    """Where one requirement of the old criterion goes: a new criterion, a level of it ("1.1.M2"), or nowhere (null)."""

    old: Code
    new: Code | None


class Move(Part):
    """Where an old criterion goes. A level is never carried: old and new levels are judged differently."""

    old: Code
    new: tuple[Target, ...]
    likeness: Likeness
    reason: Text
    parts: tuple[PartMove, ...] = ()
    source: Text | None = None


class Crosswalk(Part):
    """The whole way from one framework to another.

    A file can say `extends` (the name of another) and give only what differs: its own `moves` stand instead of those of
    the same old criterion, those of `drop` go.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Annotated[Literal["caitien.crosswalk/1"], Field(alias="schema")]
    old: FrameworkId
    new: FrameworkId
    extends: Text | None = None
    drop: tuple[Code, ...] = ()
    status: Text
    warnings: tuple[Text, ...] = ()
    moves: tuple[Move, ...]

    def move(self, code: str) -> Move | None:
        """Where the old criterion with this code goes, or None."""
        return next((move for move in self.moves if move.old == code), None)

    def came_from(self, code: str) -> tuple[Move, ...]:
        """The moves that bring something to a new criterion."""
        return tuple(move for move in self.moves if any(target.code == code for target in move.new))


def available_crosswalks() -> tuple[Crosswalk, ...]:
    """Every crosswalk of the package. Raises FrameworkFileError when one is malformed."""
    return tuple(_load(path) for path in sorted(FOLDER.glob("*.yaml")))


def crosswalk(old: str, new: str) -> Crosswalk | None:
    """The crosswalk between two frameworks, or None when nobody has written one."""
    return next((c for c in available_crosswalks() if (c.old, c.new) == (old, new)), None)


@cache
def _load(path: Path) -> Crosswalk:
    raw = _with_base(_raw(path), path)
    result = build_value(Crosswalk, raw, str(path))
    known = {code for framework in (load(result.old),) for code in framework.codes}
    problems = [
        _problem(raw, path, n, message)
        for n, move in enumerate(result.moves)
        for message in _mistakes(move, load(result.old), load(result.new))
    ]
    problems += [
        _problem(raw, path, n, f"tiêu chí “{move.old}” có hai dòng.")
        for n, move in enumerate(result.moves)
        if move.old in known and any(other.old == move.old for other in result.moves[:n])
    ]
    if problems:
        raise FrameworkFileError(problems)
    return result


def _raw(path: Path) -> marked_yaml.Mapping:
    try:
        raw = marked_yaml.read(path)
    except marked_yaml.YamlProblem as error:
        raise FrameworkFileError([Problem(str(path), error.line, "", error.message)]) from error
    if not isinstance(raw, marked_yaml.Mapping):
        raise FrameworkFileError([Problem(str(path), None, "", "tệp phải là một bảng các trường (tên: giá trị).")])
    return raw


def _with_base(raw: marked_yaml.Mapping, path: Path) -> marked_yaml.Mapping:
    """Raw values with those of the crosswalk that this one extends filled in; moves in the order of the base, own ones last."""
    if "extends" not in raw:
        return raw
    base_path = path.with_name(f"{raw['extends']}.yaml")
    if not base_path.exists() or base_path == path or "extends" in (base := _raw(base_path)):
        line = raw.places["extends"].line
        message = f"không có bảng chuyển “{raw['extends']}”, hoặc bảng ấy lại kế thừa bảng khác."
        raise FrameworkFileError([Problem(str(path), line, "extends", message)])
    result = marked_yaml.Mapping({**base, **raw})
    result.place, result.places = raw.place, {**base.places, **raw.places}
    own, moves = raw.get("moves"), base.get("moves")
    if isinstance(own, marked_yaml.Sequence) and isinstance(moves, marked_yaml.Sequence):
        replaced = {_old(move): n for n, move in enumerate(own)}
        dropped = set(raw.get("drop") or ())
        merged = marked_yaml.Sequence()
        merged.place, merged.places = own.place, []
        for move, place in zip(moves, moves.places, strict=True):
            n = replaced.pop(_old(move), None)
            if _old(move) not in dropped:
                merged.append(move if n is None else own[n])
                merged.places.append(place if n is None else own.places[n])
        for n in replaced.values():
            merged.append(own[n])
            merged.places.append(own.places[n])
        result["moves"] = merged
    return result


def _old(move: object) -> object:
    return move.get("old") if isinstance(move, dict) else None


def _problem(raw: marked_yaml.Mapping, path: Path, n: int, message: str) -> Problem:
    place = raw["moves"].places[n]
    return Problem(place.file or str(path), place.line, f"moves[{n}]", message)


def _mistakes(move: Move, old: Framework, new: Framework) -> list[str]:
    """What a move names that is not there, on either side."""
    source = old.criterion(move.old)
    if source is None:
        return [f"khung {old.id} không có tiêu chí “{move.old}”."]
    wrong = [f"khung {new.id} không có tiêu chí “{t.code}”." for t in move.new if new.criterion(t.code) is None]
    requirements = {requirement.code for requirement in source.requirements}
    for part in move.parts:
        if part.old not in requirements:
            wrong.append(f"tiêu chí {source.code} không có yêu cầu “{part.old}”.")
        if part.new is not None and new.criterion(part.new.split(".M")[0]) is None:
            wrong.append(f"khung {new.id} không có tiêu chí “{part.new}”.")
    return wrong
