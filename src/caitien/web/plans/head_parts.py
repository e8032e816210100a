"""The parts of a plan's head that people edit: what each is called, what its form asks, how words become values. Values only."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from caitien.plan.periods import years_of
from caitien.plan.text import lines_of, one_space
from caitien.web.plans.fields import NotADay, iso_day, plain, vietnamese_day
from caitien.web.schools.models import School
from caitien.web.sent import whole

LONGEST = 20_000  # letters of one input
MOST_ROWS = 200


class NotUsable(ValueError):
    """Words that cannot stand there; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Column:
    """An input of a row. `kind`: line, area (several lines are one text), lines (a line each), day, number."""

    name: str
    label: Any
    kind: str = "line"
    wide: bool = False


@dataclass(frozen=True, slots=True)
class HeadField:
    """A field of the head. `path`: where it stands ("document.signer.name", "purposes"); `rows`: columns of a list of rows."""

    path: str
    label: Any
    kind: str = "line"
    help: Any = ""
    rows: tuple[Column, ...] = ()
    choices: tuple[tuple[str, Any], ...] = ()

    @property
    def input(self) -> str:
        """Its name in a form: no dots, which browsers' label and script selectors trip over."""
        return self.path.replace(".", "_")


@dataclass(frozen=True, slots=True)
class HeadPart:
    """A page of the head: its slug in the address, heading, one line of help, fields."""

    slug: str
    title: Any
    help: Any
    fields: tuple[HeadField, ...]


LEVELS = tuple((value, label) for value, label in School.Level.choices)
REACHED = (("", _("chưa ghi")), *((str(n), _("Mức %s") % n) for n in range(1, 5)))

PARTS: tuple[HeadPart, ...] = (
    HeadPart(
        "chung", _("Thông tin chung"), _("Tên kế hoạch, năm học, khung tiêu chuẩn, trường."),
        (
            HeadField("title", _("Tên kế hoạch"), "area"),
            HeadField("school_year", _("Năm học"), "year", _("Ví dụ 2026-2027. Đổi năm học không đổi ngày đã ghi của các mục.")),
            HeadField("framework", _("Khung tiêu chuẩn"), "framework"),
            HeadField("school.name", _("Tên trường (như in trên kế hoạch)")),
            HeadField("school.level", _("Cấp học"), "choice", choices=(("", _("chưa ghi")), *LEVELS)),
            HeadField("school.ownership", _("Loại hình"), help=_("Ví dụ: công lập, tư thục.")),
            HeadField("school.address", _("Địa chỉ")),
        ),
    ),
    HeadPart(
        "van-ban", _("Văn bản"), _("Phần đầu và phần cuối của văn bản, theo Nghị định 30/2020. Chỗ để trống lấy theo thông tin trường."),
        (
            HeadField("document.number", _("Số, ký hiệu"), help=_("Ví dụ: 12/KH-THSL")),
            HeadField("document.date", _("Ngày ban hành"), "day"),
            HeadField("document.place", _("Địa danh")),
            HeadField("document.parent_body", _("Cơ quan chủ quản")),
            HeadField("document.issuing_body", _("Cơ quan ban hành")),
            HeadField("document.signer.role", _("Chức vụ người ký")),
            HeadField("document.signer.name", _("Họ tên người ký")),
            HeadField("recipients", _("Nơi nhận"), "lines", _("Mỗi dòng một nơi.")),
            HeadField("sections", _("Đề mục như đã in"), "lines", _("Chỉ có khi kế hoạch đọc từ tệp; mẫu in mới có đề mục riêng.")),
            HeadField("signatures", _("Chữ ký"), rows=(Column("name", _("Họ tên")), Column("time", _("Lúc ký")))),
        ),
    ),
    HeadPart(
        "can-cu", _("Căn cứ"), _("Văn bản làm căn cứ xây dựng kế hoạch, mỗi dòng một văn bản."),
        (
            HeadField(
                "legal_bases", _("Căn cứ"),
                rows=(
                    Column("kind", _("Loại văn bản")), Column("number", _("Số, ký hiệu")),
                    Column("date", _("Ngày ban hành"), "day"), Column("subject", _("Về việc"), "area", wide=True),
                ),
            ),
        ),
    ),
    HeadPart(
        "ket-qua", _("Kết quả năm trước"), _("Mức của trường, số tiêu chí đạt từng mức, việc đã xong."),
        (
            HeadField("level_reached", _("Mức của trường"), "level", choices=REACHED),
            HeadField(
                "prior_results", _("Kết quả"),
                rows=(
                    Column("school_year", _("Năm học")), Column("level", _("Mức"), "number"),
                    Column("assessed", _("Số tiêu chí đã xét"), "number"), Column("met", _("Số đạt"), "number"),
                    Column("not_met", _("Số không đạt"), "number"), Column("text", _("Lời ghi"), "area", wide=True),
                ),
            ),
        ),
    ),
    HeadPart(
        "muc-dich", _("Mục đích, yêu cầu"), _("Mỗi dòng một ý."),
        (HeadField("purposes", _("Mục đích, yêu cầu"), "lines", _("Mỗi dòng một ý.")),),
    ),
    HeadPart(
        "to-chuc", _("Tổ chức thực hiện"), _("Ai làm gì để kế hoạch được thực hiện."),
        (
            HeadField(
                "organisation", _("Tổ chức thực hiện"),
                rows=(Column("role", _("Ai")), Column("tasks", _("Việc, mỗi dòng một việc"), "lines", wide=True)),
            ),
        ),
    ),
    HeadPart(
        "giam-sat", _("Giám sát nội bộ"),
        _("Thông tư 57/2026: rà soát ít nhất hai lần mỗi năm học, cuối học kỳ I và cuối năm học. Kết quả ghi được cả khi kế hoạch đã khóa."),
        (
            HeadField(
                "monitoring", _("Đợt giám sát"),
                rows=(
                    Column("round", _("Thời điểm")), Column("reviewer", _("Người đánh giá")),
                    Column("content", _("Nội dung theo dõi"), "area", wide=True),
                    Column("result", _("Kết quả thực hiện"), "area", wide=True),
                    Column("adjustment", _("Điều chỉnh (nếu có)"), "area", wide=True),
                ),
            ),
        ),
    ),
)  # fmt: skip
BY_SLUG = {part.slug: part for part in PARTS}
FIELD_OF = {field.path: field for part in PARTS for field in part.fields}
LISTS = ("lines",)


def label_of(path: str) -> Any:
    """What a path of the head is called; the path itself where it has no name."""
    return FIELD_OF[path].label if path in FIELD_OF else path


# --- values to words


def words(field: HeadField, value: Any) -> str:
    """A value in one text: for a form's single input, for the history, for two texts side by side."""
    if value in (None, "", [], {}):
        return ""
    if field.rows:
        return "\n".join(_row_words(field, row) for row in value)
    if field.kind == "lines":
        return "\n".join(value)
    return vietnamese_day(value) if field.kind == "day" else str(value)


def shown(path: str, value: Any) -> str:
    """The words of any path of the head in a history list."""
    if path in FIELD_OF:
        field = FIELD_OF[path]
        if field.kind in ("choice", "level"):
            return str(dict(field.choices).get("" if value is None else str(value), value or ""))
        return words(field, value)
    return "" if value in (None, "", [], {}) else json.dumps(value, ensure_ascii=False)[:400]


def _row_words(field: HeadField, row: Mapping[str, Any]) -> str:
    said = [_cell_words(column, row.get(column.name)) for column in field.rows]
    return " · ".join("; ".join(lines_of(one)) for one in said if one)


def _cell_words(column: Column, value: Any) -> str:
    """A number with what it counts, since "27 · 27 · 0" says nothing to who did not write it."""
    said = column_words(column, value)
    if moment := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)(:\d\d)?(\.\d+)?([+-]\d\d:?\d\d|Z)?", said):
        return f"{moment[3]}/{moment[2]}/{moment[1]} {moment[4]}"  # of a signature, as its own clock said
    return f"{column.label} {said}" if said and column.kind == "number" else said


def column_words(column: Column, value: Any) -> str:
    """What the input of a row shows."""
    if value in (None, "", []):
        return ""
    if column.kind == "lines":
        return "\n".join(value)
    return vietnamese_day(value) if column.kind == "day" else str(value)


def rows_shown(field: HeadField, value: Sequence[Mapping[str, Any]] | None) -> list[dict[str, str]]:
    """The rows of a list as words, with the place each had (`at`)."""
    return [
        {"at": str(at), **{column.name: column_words(column, row.get(column.name)) for column in field.rows}}
        for at, row in enumerate(value or [])
    ]


# --- words to values


def rows_sent(field: HeadField, data: Mapping[str, str]) -> list[dict[str, str]] | None:
    """The rows of a list as a form sent them; None when the form did not have the list."""
    name = field.input
    if f"{name}-rows" not in data:
        return None
    count = min(whole(data[f"{name}-rows"], 0), MOST_ROWS)
    columns = ("at", *(column.name for column in field.rows))
    return [{c: str(data.get(f"{name}-{n}-{c}", ""))[:LONGEST] for c in columns} for n in range(count)]


def value_of_rows(field: HeadField, rows: Sequence[Mapping[str, str]], base: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The list that the rows say; empty rows are left out. What a row had that the form does not show stays.

    Raises NotUsable.
    """
    found = []
    for number, row in enumerate(rows, 1):
        said = {column.name: _parsed(column.kind, row.get(column.name, ""), number) for column in field.rows}
        if not any(value not in (None, "", []) for value in said.values()):
            continue
        at = whole(row.get("at"), len(base))
        before = dict(base[at]) if at < len(base) else {}
        found.append(copy.deepcopy(before) | said)
    return found


def value_of(field: HeadField, text: str) -> Any:
    """The value that the words of a single input say. Raises NotUsable."""
    text = text[:LONGEST]
    if field.kind == "level":
        return int(text) if text in dict(field.choices) and text else None
    if field.kind == "choice":
        return text if text in dict(field.choices) and text else None
    if field.kind == "year":
        years = years_of(text)
        if years is None:
            raise NotUsable(
                _now("“%s” không phải là một năm học. Hãy ghi hai năm liền nhau, ví dụ 2026-2027.") % one_space(text)
            )
        return f"{years[0]}-{years[1]}"
    if field.kind == "framework":
        return one_space(text) or None
    return _parsed(field.kind, text)


def _parsed(kind: str, text: str, row: int | None = None) -> Any:
    where = _now("Dòng %s: ") % row if row else ""
    if kind == "lines":
        return lines_of(text)
    if kind == "area":
        return plain(text) or None
    words = one_space(text)
    if kind == "day":
        try:
            return iso_day(words) or None
        except NotADay:
            raise NotUsable(where + _now("“%s” không phải là một ngày. Hãy ghi như 15/10/2026.") % words) from None
    if kind == "number":
        if words and not (words.isdecimal() and len(words) < 6):
            raise NotUsable(where + _now("“%s” không phải là một số.") % words)
        return int(words) if words else None
    return words or None
