"""A plan from its JSON (`caitien.plan/1`), with one Vietnamese sentence that names the field when it is not one."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import ValidationError

from caitien.errors import PlanFormatError
from caitien.plan.model import SCHEMA, ImprovementPlan

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
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError:
        raise PlanFormatError("Tệp kế hoạch không phải văn bản UTF-8; hãy lưu lại tệp JSON với mã UTF-8.") from None
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise PlanFormatError(
            f"Tệp kế hoạch không phải JSON đúng: lỗi ở dòng {error.lineno}, cột {error.colno}."
        ) from None
    except RecursionError:
        raise PlanFormatError("Tệp JSON lồng nhau quá sâu, không phải một kế hoạch.") from None
    if not isinstance(value, dict):
        raise PlanFormatError("Tệp JSON không chứa một kế hoạch: phần ngoài cùng phải là một đối tượng { … }.")
    schema = value.get("schema")
    if schema is not None and schema != SCHEMA:
        raise PlanFormatError(f"Trường “schema” là “{schema}”; chương trình này đọc “{SCHEMA}”.")
    if schema is None and not set(value) & (set(ImprovementPlan.model_fields) - {"title", "schema_"}):
        raise PlanFormatError(
            "Tệp JSON không chứa một kế hoạch: thiếu trường “schema” và không có trường nào của kế hoạch."
        )
    try:
        return ImprovementPlan.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        wrong = _EXPECTED.get(first["type"], "có giá trị không đúng kiểu")
        more = f" (và {error.error_count() - 1} chỗ khác)" if error.error_count() > 1 else ""
        raise PlanFormatError(f"Tệp kế hoạch sai ở trường “{_where(first['loc'])}”: {wrong}{more}.") from None


def _where(path: Sequence[int | str]) -> str:
    """The place of a field as people say it: actions[3].period.text."""
    said = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return said.lstrip(".") or "gốc"
