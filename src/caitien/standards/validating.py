"""Raw values of a data file -> a frozen value, or every mistake with its file, line and field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from caitien.standards.marked_yaml import Mapping, place_of
from caitien.standards.model import Framework
from caitien.standards.problems import FrameworkFileError, Problem
from caitien.standards.rule_mistakes import criteria_places, rule_mistakes
from caitien.standards.rules import CONDITION_KINDS

Path = tuple[str | int, ...]
Value = TypeVar("Value", bound=BaseModel)


def build_framework(raw: Any, file: str) -> Framework:
    """The framework that raw values (from `marked_yaml`) stand for. Raises FrameworkFileError with every mistake."""
    framework = build_value(Framework, raw, file)
    wrong = [_problem(raw, file, path, message) for path, message in _inconsistencies(framework)]
    if wrong:
        raise FrameworkFileError(wrong)
    return framework


def build_value(kind: type[Value], raw: Any, file: str) -> Value:
    """A value of `kind` from raw values. Raises FrameworkFileError: what is missing, unknown or of the wrong kind."""
    if not isinstance(raw, Mapping):
        raise FrameworkFileError([Problem(file, None, "", "tệp phải là một bảng các trường (tên: giá trị).")])
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        problems = [
            _problem(raw, file, _without_tags(raw, tuple(item["loc"])), _sentence(kind, item))
            for item in errors
            if not (item["type"] == "too_short" and any(_inside(other["loc"], item["loc"]) for other in errors))
        ]
        raise FrameworkFileError(problems) from None


def _inside(path: Path, outer: Path) -> bool:
    """A list whose item is refused is also called too short: only the item's mistake is one."""
    return len(path) > len(outer) and path[: len(outer)] == outer


def _without_tags(raw: Any, path: Path) -> Path:
    """Pydantic puts the kind of a condition into the way to its fields ("conditions[0].count.of"); the file has none."""
    kept: list[str | int] = []
    value = raw
    for n, step in enumerate(path):
        if step in CONDITION_KINDS and n + 1 < len(path) and isinstance(value, Mapping) and step not in value:
            continue
        kept.append(step)
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
    return tuple(kept)


def _problem(raw: Any, file: str, path: Path, message: str) -> Problem:
    place = place_of(raw, path)
    return Problem(place.file if place else file, place.line if place else None, _field(path), message)


def _field(path: Path) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.lstrip(".")


# --- what pydantic says, in the words of a person who writes a file


def _sentence(kind: type[BaseModel], item: Any) -> str:
    context: dict[str, Any] = item.get("ctx") or {}
    given = item.get("input")
    match item["type"]:
        case "missing":
            return "thiếu trường này."
        case "extra_forbidden":
            return f"không có trường này.{_near(str(item['loc'][-1]), _field_names(kind))}"
        case "string_type" if isinstance(given, int | float) and not isinstance(given, bool):
            return f"phải là chữ: hãy đặt {given} trong dấu nháy ('{given}'), nếu không 1.10 sẽ thành 1.1."
        case "string_type":
            return "phải là chữ."
        case "string_pattern_mismatch":
            return f"“{given}” có ký tự không được phép trong mã."
        case "string_too_short":
            return "không được để trống."
        case "string_too_long":
            return f"dài quá {context.get('max_length')} ký tự."
        case "too_short":
            return f"cần ít nhất {context.get('min_length')} mục."
        case "literal_error":
            return f"“{given}” không phải giá trị được dùng; được dùng: {context.get('expected')}."
        case "union_tag_invalid":
            return f"“{context.get('tag')}” không phải một loại điều kiện; được dùng: {', '.join(CONDITION_KINDS)}."
        case "int_type" | "int_parsing" | "int_from_float" | "float_type" | "float_parsing":
            return "phải là một số."
        case "greater_than_equal" | "less_than_equal":
            return f"{given} nằm ngoài khoảng cho phép."
        case "bool_type" | "bool_parsing":
            return "phải là true hoặc false."
        case "tuple_type" | "list_type":
            return "phải là một danh sách (mỗi mục bắt đầu bằng dấu gạch ngang)."
        case "model_type" | "model_attributes_type" | "dict_type":
            return "phải là một bảng các trường (tên: giá trị)."
        case kind_of_error if "date" in kind_of_error:
            return f"“{given}” không phải ngày; viết năm-tháng-ngày, ví dụ 2026-07-07."
        case _:
            return f"giá trị không hợp lệ ({item['msg']})."


def _near(word: str, known: set[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.7)
    return f" Có phải “{near[0]}”?" if near else ""


def _field_names(kind: type[BaseModel]) -> set[str]:
    """Names of all fields of a value and of the values in it."""
    names: set[str] = set()
    waiting, done = [kind], set()
    while waiting:
        current = waiting.pop()
        if current in done:
            continue
        done.add(current)
        for name, field in current.model_fields.items():
            names.add(field.alias or name)
            waiting += _models_in(field.annotation)
    return names


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for inner in getattr(annotation, "__args__", ()) for m in _models_in(inner)]


# --- what no single field can show


def _inconsistencies(framework: Framework) -> Iterator[tuple[Path, str]]:
    yield from _code_mistakes(framework)
    yield from _level_mistakes(framework)
    yield from rule_mistakes(framework)
    yield from _count_mistakes(framework)
    yield from _date_mistakes(framework)
    yield from _evidence_mistakes(framework)
    for i, conflict in enumerate(framework.conflicts):
        if conflict.criterion and framework.criterion(conflict.criterion) is None:
            yield ("conflicts", i, "criterion"), f"không có tiêu chí “{conflict.criterion}”."
        if conflict.standard and all(s.code != conflict.standard for s in framework.standards):
            yield ("conflicts", i, "standard"), f"không có tiêu chuẩn “{conflict.standard}”."
    degrees = framework.national_standard.degrees if framework.national_standard else ()
    for i, degree in enumerate(degrees):
        if all(level.number != degree.level for level in framework.levels):
            yield ("national_standard", "degrees", i, "level"), f"khung này không có Mức {degree.level}."


def _code_mistakes(framework: Framework) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for s, standard in enumerate(framework.standards):
        if standard.code in seen:
            yield ("standards", s, "code"), f"mã tiêu chuẩn “{standard.code}” dùng hai lần."
        seen.add(standard.code)
    used: dict[str, set[str]] = {"criterion": set(), "requirement": set(), "indicator": set()}

    def repeated(kind: str, code: str) -> bool:
        again = code in used[kind]
        used[kind].add(code)
        return again

    for path, standard_code, criterion in criteria_places(framework):
        if repeated("criterion", criterion.code):
            yield (*path, "code"), f"mã tiêu chí “{criterion.code}” dùng hai lần."
        if standard_code is not None and not criterion.code.startswith(f"{standard_code}."):
            yield (*path, "code"), f"tiêu chí “{criterion.code}” đứng trong tiêu chuẩn “{standard_code}”."
        for n, level in enumerate(criterion.levels):
            for r, requirement in enumerate(level.requirements):
                where: Path = (*path, "levels", n, "requirements", r, "code")
                if repeated("requirement", requirement.code):
                    yield where, f"mã yêu cầu “{requirement.code}” dùng hai lần."
                if requirement.code != criterion.code and not requirement.code.startswith(f"{criterion.code}."):
                    yield where, f"mã yêu cầu “{requirement.code}” phải bắt đầu bằng mã tiêu chí “{criterion.code}.”."
        for n, indicator in enumerate(criterion.indicators):
            if repeated("indicator", indicator.code):
                yield (*path, "indicators", n, "code"), f"mã dữ liệu “{indicator.code}” dùng hai lần."


def _level_mistakes(framework: Framework) -> Iterator[tuple[Path, str]]:
    numbers = [level.number for level in framework.levels]
    if numbers != sorted(set(numbers)):
        yield ("levels",), "các mức phải tăng dần, mỗi mức một lần."
    for path, _, criterion in criteria_places(framework):
        own = [level.level for level in criterion.levels]
        if own != sorted(set(own)):
            yield (*path, "levels"), f"các mức của “{criterion.code}” phải tăng dần, mỗi mức một lần."
        for n, level in enumerate(criterion.levels):
            if level.level not in numbers:
                yield (*path, "levels", n, "level"), f"khung này không có Mức {level.level}."
            if level.known and not level.requirements and level.band is None:
                yield (*path, "levels", n), "mức này chưa có yêu cầu; nếu chưa biết lời, ghi known: false."
            if not level.known and level.requirements:
                yield (*path, "levels", n, "known"), "ghi known: false mà vẫn có yêu cầu."


def _count_mistakes(framework: Framework) -> Iterator[tuple[Path, str]]:
    counts = framework.counts
    everything = (*framework.criteria, *framework.level_items)
    held = {
        "standards": len(framework.standards),
        "criteria": len(framework.criteria),
        "mandatory": len(framework.group("mandatory")),
        "indicators": sum(len(c.indicators) for c in everything),
        "requirements": sum(1 for c in everything for _ in c.requirements),
    }
    for name, number in held.items():
        if getattr(counts, name) != number:
            yield ("counts", name), f"ghi {getattr(counts, name)} nhưng trong tệp có {number}."
    declared = [line.level for line in counts.by_level]
    if declared != [level.number for level in framework.levels]:
        yield ("counts", "by_level"), "phải có một dòng cho mỗi mức, theo thứ tự."
    for i, line in enumerate(counts.by_level):
        levels = [level for c in everything if (level := c.level(line.level))]
        requirements = sum(len(level.requirements) for level in levels)
        if (line.criteria, line.requirements) != (len(levels), requirements):
            yield (
                ("counts", "by_level", i),
                f"Mức {line.level}: ghi {line.criteria} tiêu chí, {line.requirements} yêu cầu "
                f"nhưng trong tệp có {len(levels)} và {requirements}.",
            )


def _date_mistakes(framework: Framework) -> Iterator[tuple[Path, str]]:
    document, validity = framework.document, framework.validity
    if document.in_force < document.issued:
        yield ("document", "in_force"), "ngày hiệu lực đứng trước ngày ban hành."
    if document.repealed is not None and document.repealed <= document.in_force:
        yield ("document", "repealed"), "ngày hết hiệu lực đứng trước ngày hiệu lực."
    if validity.end is not None and validity.end < validity.start:
        yield ("validity", "end"), "ngày cuối đứng trước ngày đầu."
    if validity.start < document.in_force:
        yield ("validity", "start"), "khung được dùng trước ngày văn bản có hiệu lực."


def _evidence_mistakes(framework: Framework) -> Iterator[tuple[Path, str]]:
    style = framework.evidence
    try:
        pattern = re.compile(style.pattern)
    except re.error as error:
        yield ("evidence", "pattern"), f"biểu thức không đúng ({error})."
        return
    if not pattern.fullmatch(style.example):
        yield ("evidence", "example"), "ví dụ không khớp với pattern."
    try:
        style.code.format(standard="1", criterion="1", number=1, box="1")
    except (KeyError, IndexError, ValueError, AttributeError):
        yield ("evidence", "code"), "chỉ dùng được {standard}, {criterion}, {number}, {box}."
