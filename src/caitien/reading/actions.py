"""A row of cells to an Action: values parsed from its words, and what could not be settled as findings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from caitien.plan.criteria import parse_criteria
from caitien.plan.lists import join_lines, split_items
from caitien.plan.model import Action, Finding, Issue, MonitoringRound, Period, Progress, Provenance, Resources
from caitien.plan.model import Box as PlanBox
from caitien.plan.money import parse_money
from caitien.plan.people import split_roles
from caitien.plan.periods import parse_period, period_from
from caitien.plan.progress import parse_progress
from caitien.plan.text import fold, lines_of, one_space
from caitien.reading.headers import PART, TIME
from caitien.reading.rows import Row

_LOST_LETTER = re.compile(r"(?<=[^\W\d_])(?: [bcghklmnprstvx](?= ))+(?= [^\W\d_])")
_LETTERED = re.compile(
    r"(?:ý|điểm|khoản|mục|báo|lớp|nhóm|tổ|khối|phần|điều|chỉ|loại|hạng|vitamin|phương án|và|,) [bcghklmnprstvx]$",
    re.IGNORECASE,
)
_FREE = re.compile(r"khong (can|phat sinh|su dung|ton|mat)( them)? (kinh phi|chi phi|tien)")
_CITED = re.compile(r"\b(?:tiêu\s*chí|TC)\s*(?:số\s*)?(?:\d\.\d{1,2}(?:\s*[,;]\s*|\s+và\s+)?)+", re.IGNORECASE)


_CODE_FIRST = re.compile(
    r"^\W?(\d\.\d{1,2}(?:\s*[,;]\s*\d\.\d{1,2})*)\s*[\])]|^(\d\.\d{1,2})\s*[:–]|[\[(](\d\.\d{1,2}(?:\s*[,;]\s*\d\.\d{1,2})*)[\])]\W*$"
)


FIELD_NAMES = {
    "current_state": "hiện trạng", "weakness": "điểm yếu", "cause": "nguyên nhân", "content": "nội dung", "objective": "mục tiêu",
    "measures": "biện pháp", "indicators": "chỉ số", "period": "thời gian", "responsible": "người phụ trách", "collaborators": "phối hợp",
    "resources": "nguồn lực", "expected_evidence": "minh chứng", "progress": "tiến độ", "result": "kết quả", "note": "ghi chú",
}  # fmt: skip
"""Fields as a school calls them."""


@dataclass(slots=True)
class Draft:
    """An action being read: its row, and the findings that will name its place once its place is known."""

    action: Action
    row: Row
    findings: list[Finding] = field(default_factory=list)

    def doubt(self, rule: str, severity: Literal["error", "warning", "hint"], message: str, **more: Any) -> None:
        """Keep a finding on this action."""
        self.findings.append(Finding(rule=rule, severity=severity, message=message, **more))


def draft_action(row: Row, school_year: str | None, *, wrapped: bool) -> Draft:
    """The action that a row tells. `school_year` ("2025-2026") gives the years of months printed without one."""
    text = {name: _joined(value, wrapped=wrapped) for name, value in row.texts.items()}
    action = Action(
        number=_number(text.get("number")),
        current_state=text.get("current_state"),
        weakness=text.get("weakness"),
        cause=text.get("cause"),
        content=text.get("content"),
        objective=text.get("objective"),
        measures=split_items(row.texts.get("measures"), wrapped=wrapped),
        indicators=split_items(row.texts.get("indicators"), wrapped=wrapped),
        expected_evidence=split_items(row.texts.get("expected_evidence"), wrapped=wrapped),
        progress=parse_progress(text["progress"]) if "progress" in text else Progress(),
        result=text.get("result"),
        note=text.get("note"),
        provenance=provenance_of(row),
    )
    draft = Draft(action, row)
    _criteria(draft, text)
    _people(draft, wrapped=wrapped)
    _period(draft, school_year, wrapped=wrapped)
    _resources(draft, text, wrapped=wrapped)
    extra = {heading: _joined(value, wrapped=wrapped) for heading, value in row.extra.items()}
    if "strength" in text:
        extra[row.headings["strength"]] = text["strength"]
    if extra:
        action.extra = extra  # type: ignore[attr-defined]  # columns that the plan has no field for, kept by heading
    _lost_letters(draft)
    return draft


def draft_issue(row: Row, *, wrapped: bool) -> Issue:
    """A row of section IV of Biểu 2."""
    text = {name: _joined(value, wrapped=wrapped) for name, value in row.texts.items()}
    return Issue(
        number=_number(text.get("number")),
        standard=row.standard or text.get("standard"),
        criteria=parse_criteria(text.get("criteria"), row.standard) or list(row.band_criteria),
        current_state=text.get("current_state"),
        weakness=text.get("weakness"),
        cause=text.get("cause"),
    )


def draft_round(row: Row, *, wrapped: bool) -> MonitoringRound:
    """A row of section VI of Biểu 2."""
    return MonitoringRound(**{name: _joined(value, wrapped=wrapped) for name, value in row.texts.items()})


def provenance_of(row: Row) -> Provenance:
    """Where a row stood, as the plan value says it."""
    cells = {
        name: [PlanBox(page=b.page, x0=b.x0, top=b.top, x1=b.x1, bottom=b.bottom) for b in boxes]
        for name, boxes in row.boxes.items()
        if boxes
    }
    return Provenance(page=row.page, table=row.table, rows=sorted(set(row.rows)), cells=cells)


def printed_cells(row: Row, *, wrapped: bool) -> dict[str, str]:
    """The cells of a row by their headings, as printed."""
    cells = {row.headings.get(name) or name: _joined(value, wrapped=wrapped) for name, value in row.texts.items()}
    return cells | {heading: _joined(value, wrapped=wrapped) for heading, value in row.extra.items()}


def _joined(text: str, *, wrapped: bool) -> str:
    lines = lines_of(text)
    return join_lines(lines) if wrapped else one_space(" ".join(lines))


def _number(text: str | None) -> int | str | None:
    if not text:
        return None
    plain = text.strip(" .)(")
    return int(plain) if re.fullmatch(r"\d{1,4}", plain) else text


def _criteria(draft: Draft, text: dict[str, str]) -> None:
    action, row = draft.action, draft.row
    printed = row.texts.get("criteria")
    if printed:
        action.criteria = parse_criteria(printed.replace("\n", " "), row.standard)
        if not action.criteria and re.search(r"\w", printed) and not re.fullmatch(r"\W*(khong|x|v)?\W*", fold(printed)):
            where = _where(action)
            draft.doubt(
                "unread-criterion",
                "warning",
                f"{where}: không đọc được tiêu chí “{one_space(printed)}”. Hãy ghi mã tiêu chí, ví dụ 1.2.",
                field="criteria",
                quote=one_space(printed),
            )
    if not action.criteria:
        action.criteria = list(row.band_criteria)
    if not action.criteria and "standard" in text:
        action.criteria = parse_criteria(text["standard"])
    if not action.criteria:
        for name in ("content", "objective", "weakness"):
            cited = _CITED.search(text.get(name, "")) or _CODE_FIRST.search(text.get(name, ""))
            if cited:
                action.criteria = parse_criteria(cited[0])
                break
    if row.standard and not action.criteria:
        action.standard = row.standard  # type: ignore[attr-defined]  # no criterion is printed, but the standard is


def _people(draft: Draft, *, wrapped: bool) -> None:
    lead, helpers = split_roles(draft.row.texts.get("responsible"), wrapped=wrapped)
    more, others = split_roles(draft.row.texts.get("collaborators"), wrapped=wrapped)
    draft.action.responsible = lead
    draft.action.collaborators = list(dict.fromkeys(helpers + more + others))


def _period(draft: Draft, school_year: str | None, *, wrapped: bool) -> None:
    texts = draft.row.texts
    marked = [name.removeprefix(TIME) for name, text in texts.items() if name.startswith(TIME) and text.strip()]
    if marked and "period" not in texts:
        period = parse_period(", ".join(marked), school_year)
    elif "period" in texts:
        lines = lines_of(texts["period"])
        period = parse_period(_mended(lines) if wrapped else "\n".join(lines), school_year)
        if wrapped and period.kind == "unknown":
            tight = parse_period("".join(lines), school_year)
            period = tight if tight.kind != "unknown" else period
    elif "period_start" in texts or "period_end" in texts:
        start, end = (_mended(lines_of(texts.get(name))) for name in ("period_start", "period_end"))
        period = period_from(start, end, school_year)
    else:
        period = Period()
    draft.action.period = period
    if period.kind == "unknown":
        draft.doubt(
            "unread-period",
            "warning",
            f"{_where(draft.action)}: không hiểu thời gian “{period.text}”. Hãy ghi tháng hoặc ngày, ví dụ 9/2025 – 11/2025.",
            field="period",
            quote=period.text,
        )


def _mended(lines: list[str]) -> str:
    """Lines of a narrow column joined, a year that the page cut in two put together ("31/5/20" "27")."""
    text = ""
    for line in lines:
        cut = re.search(r"/(2|20|20\d)$", text)
        if cut and re.match(rf"\d{{{4 - len(cut[1])}}}(?!\d)", line):
            text += line
        else:
            text = join_lines([text, line]) if text else line
    return text


def _resources(draft: Draft, text: dict[str, str], *, wrapped: bool) -> None:
    row, action = draft.row, draft.action
    resources = Resources(text=text.get("resources"))
    parts = _parts_of_sources(row)
    if parts and "budget" not in row.texts:
        known = [vnd for _, _, vnd in parts if vnd is not None]
        resources.budget_vnd = sum(known) if known else None
        resources.budget_text = "; ".join(f"{name}: {printed}" for name, printed, _ in parts)
        understood = bool(known) or not any(re.search(r"\d", printed) for _, printed, _ in parts)
    elif "budget" in row.texts:
        lines = lines_of(row.texts["budget"])
        printed = _money_text(lines) if wrapped else " ".join(lines)
        money = parse_money(printed, row.units.get("budget", 1))
        number = row.numbers.get("budget")
        vnd = money.vnd
        if number is not None and re.fullmatch(r"[\d., ]+", printed):
            vnd = round(number * row.units.get("budget", 1))
        resources.budget_text, resources.budget_vnd = one_space(printed), vnd
        resources.funding_sources = list(money.sources)
        understood = money.understood or vnd is not None
    else:
        money = parse_money(text.get("resources"))
        resources.budget_vnd, understood = money.vnd, money.understood or money.vnd is not None
        resources.funding_sources = list(money.sources) if money.vnd else []
        if money.vnd is None and _FREE.search(fold(text.get("resources"))):
            resources.budget_vnd = 0
        if not re.search(r"\d", text.get("resources", "")):
            understood = True
    if "funding_sources" in row.texts:
        named = split_items(row.texts["funding_sources"], wrapped=wrapped)
        pieces = [one_space(p) for item in named for p in re.split(r"[;,](?![^(]*\))", item)]
        resources.funding_sources = [p.strip(" .") for p in pieces if not _says_nothing(p)]
        resources.funding_text = text["funding_sources"]  # type: ignore[attr-defined]  # the cell as printed
    if parts and not resources.funding_sources:
        resources.funding_sources = [name for name, printed, vnd in parts if vnd != 0 and not _says_nothing(printed)]
    action.resources = resources
    if not understood:
        quote = resources.budget_text or resources.text
        draft.doubt(
            "unread-amount",
            "warning",
            f"{_where(action)}: không hiểu số tiền “{quote}”. Hãy ghi số đồng, ví dụ 27.499.000 đồng.",
            field="resources",
            quote=quote,
        )


def _parts_of_sources(row: Row) -> list[tuple[str, str, int | None]]:
    """What each source gives, where sources have columns of their own: name, cell as printed, đồng."""
    parts = []
    for name, text in row.texts.items():
        if not name.startswith(PART):
            continue
        printed, unit = one_space(text), row.units.get(name, 1)
        number = row.numbers.get(name)
        vnd = parse_money(printed, unit).vnd if number is None else round(number * unit)
        parts.append((name.removeprefix(PART), printed, vnd))
    return parts


def _money_text(lines: list[str]) -> str:
    """Lines of a narrow column joined; a number that the page cut in two ("27.499.0" "00") put together."""
    text = ""
    for line in lines:
        tight = re.search(r"\d[.,]?$", text) and re.match(r"[.,]?\d", line)
        if re.fullmatch(r"\d{5,}", text) and re.fullmatch(
            r"\d{1,7}", line
        ):  # "2000000" "0": no separators, a narrow column
            text += line
            continue
        whole = (
            tight
            and re.search(r"(?<!\d)\d{1,3}(?:[.,]\d{3})+(?!\d)", (text + line))
            and not re.search(r"(?<!\d)\d{1,3}(?:[.,]\d{3})+$", text)
        )
        text = (
            text + line
            if whole or (tight and re.search(r"[.,]$", text))
            else join_lines([text, line])
            if text
            else line
        )
    return text


def _says_nothing(text: str) -> bool:
    return bool(re.fullmatch(r"(khong( co)?|chua (xac dinh|ro|co)|\W*|0)\W*", fold(text)))


def _lost_letters(draft: Draft) -> None:
    action = draft.action
    fields = {
        "weakness": action.weakness, "content": action.content, "objective": action.objective, "current_state": action.current_state,
        "cause": action.cause, "measures": " ".join(action.measures), "expected_evidence": " ".join(action.expected_evidence),
        "result": action.result, "note": action.note,
    }  # fmt: skip
    for name, text in fields.items():
        for found in _LOST_LETTER.finditer(text or ""):
            before, after = (text or "")[: found.end()], (text or "")[found.end() :]
            if _LETTERED.search(before):
                continue
            lost = len(found[0].split())
            quote = " ".join([*before.split()[-1 - lost :], *after.split()[:1]])
            draft.doubt(
                "lost-letters",
                "hint",
                f"{_where(action)} ({FIELD_NAMES[name]}): có thể tệp đã mất chữ ở “{quote}”. Hãy xem lại và gõ lại từ này.",
                field=name,
                quote=quote,
            )


def _where(action: Action) -> str:
    """How a user knows the row: its number, its criteria, or its first words."""
    if action.number is not None:
        return f"Mục {action.number}"
    if action.criteria:
        return f"Tiêu chí {', '.join(action.criteria)}"
    words = (action.content or action.weakness or "").split()
    return f"Mục “{' '.join(words[:6])}…”" if words else "Một mục"


where = _where
