"""A plan from its JSON (`caitien.plan/1`), with one Vietnamese sentence that names the field when it is not one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from caitien.errors import CaiTienError, PlanFormatError
from caitien.plan.model import SCHEMA, ImprovementPlan

V = TypeVar("V", bound=BaseModel)

_EXPECTED = {
    "string_type": "phải là chữ",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "list_type": "phải là một danh sách",
    "model_type": "phải là một đối tượng JSON",
    "model_attributes_type": "phải là một đối tượng JSON",
    "dict_type": "phải là một đối tượng JSON",
    "missing": "bị thiếu",
    "literal_error": "có giá trị không được dùng",
}


def parse_plan(content: bytes | str) -> ImprovementPlan:
    """The plan in a JSON text (UTF-8, with or without a byte order mark).

    Raises PlanFormatError: not UTF-8, not JSON, not an object, another schema, nothing of a plan in it, a field of the wrong kind.
    """
    return parse_value(content, ImprovementPlan, SCHEMA, ("kế hoạch", "một kế hoạch"), PlanFormatError)


def parse_value(
    content: bytes | str, model: type[V], schema: str, names: tuple[str, str], refused: type[CaiTienError]
) -> V:
    """A value of the interchange formats in a JSON text. `names`: of its file ("kế hoạch") and of itself ("một kế hoạch").

    Raises `refused` with one sentence: not UTF-8, not JSON, not an object, another schema, nothing of the value in it, a
    field of the wrong kind.
    """
    noun, one = names
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError:
        raise refused(f"Tệp {noun} không phải văn bản UTF-8; hãy lưu lại tệp JSON với mã UTF-8.") from None
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise refused(f"Tệp {noun} không phải JSON đúng: lỗi ở dòng {error.lineno}, cột {error.colno}.") from None
    except RecursionError:
        raise refused(f"Tệp JSON lồng nhau quá sâu, không phải {one}.") from None
    if not isinstance(value, dict):
        raise refused(f"Tệp JSON không chứa {one}: phần ngoài cùng phải là một đối tượng {{ … }}.")
    said = value.get("schema")
    if said is not None and said != schema:
        raise refused(f"Trường “schema” là “{said}”; ở đây cần “{schema}”.")
    if said is None and not set(value) & (set(model.model_fields) - {"title", "schema_"}):
        raise refused(f"Tệp JSON không chứa {one}: thiếu trường “schema” và không có trường nào của {noun}.")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        wrong = _EXPECTED.get(first["type"], "có giá trị không đúng kiểu")
        more = f" (và {error.error_count() - 1} chỗ khác)" if error.error_count() > 1 else ""
        raise refused(f"Tệp {noun} sai ở trường “{_where(first['loc'])}”: {wrong}{more}.") from None


def _where(path: Sequence[int | str]) -> str:
    """The place of a field as people say it: actions[3].period.text."""
    said = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return said.lstrip(".") or "gốc"
