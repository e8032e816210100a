"""A file as read to a plan: which tables hold what, their rows to actions, the words around them to the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from caitien.errors import ReadingError
from caitien.plan.criteria import parse_criteria, parse_standard
from caitien.plan.model import Finding, ImprovementPlan
from caitien.plan.text import fold
from caitien.reading.actions import Draft, draft_action, draft_issue, draft_round, where
from caitien.reading.duplicates import add_findings, reconcile
from caitien.reading.furniture import read_furniture
from caitien.reading.headers import Header, find_header, headings_seen, repeats_header
from caitien.reading.issues import link_issues
from caitien.reading.lexicon import is_numbering
from caitien.reading.rows import Context, Row, read_rows
from caitien.reading.source import Paragraph, SourceDocument, Table


def interpret(source: SourceDocument) -> ImprovementPlan:
    """The plan that a file holds. Raises ReadingError: code "no_table", or "no_columns" with the headings that were seen."""
    tables = _sort_tables(source)
    if not tables.rows:
        _refuse(source)
    plan = read_furniture(source, tables.plan_tables, tables.heads, tables.feet)
    drafts = [draft_action(row, plan.school_year, wrapped=source.wrapped) for row in tables.rows]
    _doubt_rows(source, drafts)
    drafts = reconcile(drafts, plan.school_year, wrapped=source.wrapped)
    plan.issues = [draft_issue(row, wrapped=source.wrapped) for row in tables.issues]
    plan.monitoring = [draft_round(row, wrapped=source.wrapped) for row in tables.monitoring]
    plan.findings += link_issues(plan.issues, [draft.action for draft in drafts])
    criteria_by_order(drafts)
    _numbered_by_criterion(drafts)
    plan.actions = [draft.action for draft in drafts]
    duplicated = add_findings(drafts)
    for index, draft in enumerate(drafts):
        for finding in draft.findings:
            finding.action = index
        plan.findings += draft.findings
    plan.findings += duplicated + tables.findings
    _framework(plan)
    return plan


@dataclass(slots=True)
class _Tables:
    rows: list[Row] = field(default_factory=list)
    issues: list[Row] = field(default_factory=list)
    monitoring: list[Row] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)  # texts above the headings of a sheet
    feet: list[str] = field(default_factory=list)  # texts under its rows
    plan_tables: set[int] = field(default_factory=set)  # indices of tables that hold rows of the plan
    findings: list[Finding] = field(default_factory=list)


def _sort_tables(source: SourceDocument) -> _Tables:
    """Goes through the file in order: each table is read by its own head, or by that of the table it continues."""
    out = _Tables()
    context = Context()
    heads = {i: find_header(table) for i, table in enumerate(source.tables())}
    main = _main_fields([h for h in heads.values() if h and h.kind == "actions"])
    current: Header | None = None
    width = 0
    index = -1
    for block in source.blocks:
        if isinstance(block, Paragraph):
            band_paragraph(block.text, context)
            continue
        index += 1
        header = heads[index]
        if header is not None and current is not None and _repeated_below(block, header, current, width):
            header = None
        if header is not None and current is not None and _is_row_of(block, header, current, width):
            header = None
        body = header.end if header else 0
        if header is None and current is not None and _continues(block, width):
            header = current
        if header is None:
            continue
        if header.kind == "actions" and not _belongs(header, main):
            if header is heads[index]:
                _say_left_out(block, index, header, out)
            continue
        target = {"actions": out.rows, "issues": out.issues, "monitoring": out.monitoring}[header.kind]
        follows = header is current or (current is not None and block.continues and header.kind == current.kind)
        before = target[-1] if target and follows and block.continues else None
        if current is not None and current.kind != header.kind:
            context = Context()
        out.plan_tables.add(index)
        if header is heads[index]:
            out.heads += _title_rows(block, header)
            for line in _title_rows(block, header):
                band_paragraph(line, context)
            _say_unknown_columns(block, header, out)
        got = read_rows(block, index, header, context, body=body, before=before, wrapped=source.wrapped)
        target += got.rows
        out.feet += got.margins
        for text in got.set_aside:
            out.findings.append(
                Finding(
                    rule="row-set-aside",
                    severity="hint",
                    message=f"Một dòng trong bảng chưa xếp được vào mục nào: “{text[:80]}”.",
                    quote=text,
                )
            )
        current, width = header, block.column_count
    return out


def _continues(table: Table, width: int) -> bool:
    """A table without a head of its own goes on from the one before when it is as wide, and wide enough to be a plan."""
    return table.continues or (table.column_count == width and width >= 4 and table.row_count >= 1)


def _repeated_below(table: Table, header: Header, current: Header, width: int) -> bool:
    """A table cut in two by hand: it begins with rows of the plan, and its headings are typed again further down."""
    if header.first == 0 or header.kind != current.kind or table.column_count != width:
        return False
    grid = table.grid()
    full = any(sum(bool(c and c.text.strip()) for c in row) > width / 2 for row in grid[: header.first])
    return full and repeats_header(current, grid[header.first])


def _is_row_of(table: Table, header: Header, current: Header, width: int) -> bool:
    """Whether what looks like headings is a row of the plan that goes on here: words of headings occur in rows too."""
    if table.column_count != width or not (table.continues or header.first > 0):
        return False
    named = [c.score for c in header.columns if c.field]
    return sum(score >= 0.9 for score in named) < max(2, 0.4 * len(named)) and header.kind == current.kind


def _main_fields(heads: list[Header]) -> set[str]:
    """The fields of the table that is most surely the plan."""
    best = max(
        heads,
        key=lambda h: (
            len(h.fields() & {"criteria", "standard", "weakness", "measures", "content", "objective"}),
            len(h.fields()),
        ),
        default=None,
    )
    return best.fields() if best else set()


def _belongs(header: Header, main: set[str]) -> bool:
    """Whether a table has the columns of the plan, so that a schedule or a budget table beside it is not mixed in."""
    fields = header.fields()
    return (
        len(fields & main) >= 0.6 * len(fields | main) or len(fields & main) >= len(main) - 1 or len(fields & main) >= 5
    )


def band_paragraph(text: str, context: Context) -> None:
    """ "Tiêu chuẩn 2: …" between two tables holds for the rows that follow."""
    words = fold(text)
    if (
        len(words) <= 200
        and words.lstrip("0123456789ivx.-) ").startswith("tieu chuan ")
        and (standard := parse_standard(words.lstrip("0123456789ivx.-) ")))
    ):
        context.standard, context.criteria_text, context.band_criteria = standard, "", []
    elif len(words) <= 200 and words.startswith("tieu chi ") and (codes := parse_criteria(words)):
        context.standard, context.criteria_text, context.band_criteria = codes[0].split(".")[0], "", codes


def _title_rows(table: Table, header: Header) -> list[str]:
    """The texts of the rows above the headings (XLSX: school, title)."""
    return [line for c in table.cells if c.row < header.first for line in c.text.splitlines() if line.strip()]


def _say_unknown_columns(table: Table, header: Header, out: _Tables) -> None:
    grid = table.grid()
    for column in header.columns:
        if column.field is not None or not column.heading or header.kind != "actions" or is_numbering([column.heading]):
            continue
        filled = any((cell := row[column.index]) is not None and cell.text.strip() for row in grid[header.end :])
        if filled and not any(f.quote == column.heading for f in out.findings):
            out.findings.append(
                Finding(
                    rule="unknown-column",
                    severity="warning",
                    message=f"Chưa nhận ra cột “{column.heading}”; nội dung của cột được giữ lại kèm theo từng mục.",
                    quote=column.heading,
                )
            )


def _say_left_out(table: Table, index: int, header: Header, out: _Tables) -> None:
    names = ", ".join(c.heading for c in header.columns if c.heading)
    out.findings.append(
        Finding(
            rule="table-set-aside",
            severity="hint",
            message=f"Bảng thứ {index + 1} (trang {table.page}) có các cột khác với bảng kế hoạch nên không được đưa vào: {names}.",
            quote=names,
        )
    )


def _refuse(source: SourceDocument) -> None:
    tables = [t for t in source.tables() if t.row_count and t.column_count > 1 and any(c.text.strip() for c in t.cells)]
    if not tables:
        raise ReadingError(
            "Tệp này không có bảng nào, nên không đọc được kế hoạch. Hãy mở tệp gốc (Word hoặc Excel) có bảng kế hoạch và nộp lại; "
            "nếu tệp là ảnh chụp hoặc bản quét thì cần bản gõ chữ.",
            code="no_table",
        )
    widest = max(tables, key=lambda t: (t.column_count >= 3, t.row_count * t.column_count))
    seen = "; ".join(f"“{h}”" for h in headings_seen(widest)[:12]) or "không có dòng tiêu đề"
    raise ReadingError(
        f"Không nhận ra cột nào của kế hoạch cải tiến trong tệp. Các cột đọc được: {seen}. Bảng cần có các cột như: Tiêu chí, Nội dung công việc "
        "(hoặc Điểm yếu, Biện pháp), Thời gian, Người phụ trách; hãy sửa tên cột rồi nộp lại.",
        code="no_columns",
    )


def criteria_by_order(drafts: list[Draft]) -> None:
    """Excel drops the nought of "1.10": a number 1.1 that comes after 1.9 is 1.10, and that is said."""
    before: tuple[int, int] | None = None
    for draft in drafts:
        action = draft.action
        number = draft.row.numbers.get("criteria")
        if not action.criteria or action.criteria[0].startswith("M"):
            continue
        standard, _, item = action.criteria[0].partition(".")
        place = (int(standard), int(item))
        if (
            isinstance(number, float)
            and before
            and len(action.criteria) == 1
            and item in ("1", "2")
            and before[0] == place[0]
        ):
            meant = place[1] * 10
            if before[1] in (meant - 1, meant):
                draft.doubt(
                    "criterion-by-order",
                    "hint",
                    f"Dòng sau tiêu chí {before[0]}.{before[1]} ghi {standard}.{item}: Excel đã bỏ số 0, nên đọc là {standard}.{meant}.",
                    field="criteria",
                    quote=f"{standard}.{item}",
                )
                action.criteria = [f"{standard}.{meant}"]
                place = (place[0], meant)
        before = place


def _numbered_by_criterion(drafts: list[Draft]) -> None:
    """A table without a column of criteria that numbers its rows by them: "1.1", "1.2" under "Tiêu chuẩn 1"."""
    numbers = [re.fullmatch(r"(\d)\.\d{1,2}\.?", str(draft.action.number)) for draft in drafts]
    fitting = sum(bool(n) and n[1] == d.row.standard for n, d in zip(numbers, drafts, strict=True) if n)
    if any(d.action.criteria for d in drafts) or fitting < 0.8 * len(drafts):
        return
    for draft in drafts:
        draft.action.criteria = parse_criteria(str(draft.action.number))


def _doubt_rows(source: SourceDocument, drafts: list[Draft]) -> None:
    """Rows that the reader put together without being sure become findings."""
    tables = list(source.tables())
    for draft in drafts:
        doubts = tables[draft.row.table].doubts
        reasons = dict.fromkeys(doubts[r] for r in draft.row.rows if r in doubts)
        if reasons:
            draft.doubt(
                "doubtful-row",
                "warning",
                f"{where(draft.action)}: dòng này được ghép lại từ văn bản không còn khung bảng và chưa chắc đúng ({'; '.join(reasons)}). Hãy so với bản gốc.",
            )


def _framework(plan: ImprovementPlan) -> None:
    """The framework that the paper's bases, year and criteria point to; a guess that the user confirms."""
    from caitien.standards import guess_framework

    plan.framework = guess_framework(
        plan.school.level,
        [basis.number for basis in plan.legal_bases if basis.number],
        plan.school_year,
        [code for action in plan.actions for code in action.criteria],
    )
