"""`caitien standards`: list, show, compare, search and check frameworks; attach a circular; carry a plan over."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caitien.cli import _standards_attach, _standards_carry, _standards_checklist

if TYPE_CHECKING:
    from rich.console import Console

    from caitien.standards import Criterion, Framework, FrameworkInfo, Hit, Standard
    from caitien.standards.official import OfficialCriterion

LEVEL_WORDS = {
    "mam_non": "mầm non",
    "tieu_hoc": "tiểu học",
    "thcs": "THCS",
    "thpt": "THPT",
    "gdtx": "GDTX",
    "th_thcs": "TH-THCS",
    "thcs_thpt": "THCS-THPT",
    "nhieu_cap": "nhiều cấp",
}
PIPED_WIDTH = 130
OPERATORS = {">=": "từ", "<=": "không quá", "=": "đúng", ">": "trên", "<": "dưới"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(action="list")
    _format(parser)
    actions = parser.add_subparsers(dest="action", metavar="VIỆC", title="các việc")
    show = actions.add_parser("show", help="xem một khung, một tiêu chuẩn hay một tiêu chí")
    show.add_argument("id", metavar="MÃ_KHUNG", help="ví dụ tt57-2026-pho-thong")
    show.add_argument("code", metavar="MÃ", nargs="?", help="mã tiêu chuẩn (1) hay tiêu chí (1.2, M4.1)")
    _format(show)
    search = actions.add_parser("search", help="tìm chữ trong các khung, không cần dấu")
    search.add_argument("words", metavar="CHỮ", nargs="+")
    search.add_argument("--framework", metavar="MÃ_KHUNG", help="chỉ tìm trong một khung")
    _format(search)
    check = actions.add_parser("check", help="kiểm tra một tệp khung tiêu chuẩn tự viết")
    check.add_argument("file", metavar="TỆP", type=Path)
    on = actions.add_parser("on", help="khung nào được dùng cho một cấp học vào một ngày")
    on.add_argument("level", metavar="CẤP_HỌC", choices=sorted(LEVEL_WORDS), help=", ".join(sorted(LEVEL_WORDS)))
    on.add_argument("day", metavar="NGÀY", type=_read_day, help="ngày dạng YYYY-MM-DD")
    _format(on)
    compare = actions.add_parser("compare", help="đặt hai phiên bản cạnh nhau")
    compare.add_argument("old", metavar="KHUNG_CŨ")
    compare.add_argument("new", metavar="KHUNG_MỚI")
    _format(compare)
    _standards_attach.add_arguments(
        actions.add_parser("attach", help="gắn toàn văn của thông tư, đối chiếu với lời tóm tắt")
    )
    _standards_carry.add_arguments(
        actions.add_parser("carry", help="chuyển một kế hoạch sang khung mới (đề xuất, người xác nhận)")
    )
    _standards_checklist.add_arguments(actions.add_parser("checklist", help="in một khung thành phiếu đối chiếu"))


def run(args: argparse.Namespace) -> int:
    action = args.action or "list"
    return {
        "list": _list,
        "show": _show,
        "search": _search,
        "check": _check,
        "on": _on,
        "compare": _compare,
        "attach": _standards_attach.run,
        "carry": _standards_carry.run,
        "checklist": _standards_checklist.run,
    }[action](args)


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” không phải là ngày dạng YYYY-MM-DD") from error


def _format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=["text", "json"], default="text", help="cách in (mặc định: text)")


# --- the actions


def _list(args: argparse.Namespace) -> int:
    from caitien.standards import available, refused

    frameworks = available()
    for problem in refused():
        print(f"caitien: bỏ qua một khung: {problem}", file=sys.stderr)
    if args.format == "json":
        return _json([info.model_dump(mode="json", exclude={"path"}) for info in frameworks])
    _console().print(_list_table(frameworks))
    print(
        "★ tiêu chí bắt buộc. Theo mức: số tiêu chí xét ở Mức 1, 2, … Xem một khung: caitien standards show MÃ_KHUNG [MÃ]"
    )
    return 0


def _show(args: argparse.Namespace) -> int:
    from caitien.standards import Standard, load

    framework = load(args.id)
    if args.code is None:
        if args.format == "json":
            official = _standards_attach.attached(framework.id)
            return _json(framework.to_dict() | ({"official": asdict(official)} if official else {}))
        _print_framework(framework)
        return 0
    part = framework.criterion(args.code) or next((s for s in framework.standards if s.code == args.code), None)
    if part is None:
        raise _unknown_code(framework, args.code)
    official = _standards_attach.attached(framework.id)
    words = official.criteria.get(part.code) if official and not isinstance(part, Standard) else None
    if args.format == "json":
        own = {"framework": framework.id, **part.model_dump(mode="json")}
        return _json(own | ({"official": asdict(words)} if words else {}))
    if isinstance(part, Standard):
        _print_standard(framework, part)
    else:
        _print_criterion(framework, part, words, official.source if official else "")
    return 0


def _search(args: argparse.Namespace) -> int:
    from caitien.standards import load, search
    from caitien.standards.searching import PLACES

    words = " ".join(args.words)
    hits: list[Hit] = search(words, [load(args.framework).id] if args.framework else None)
    if args.format == "json":
        return _json([{name: getattr(hit, name) for name in hit.__dataclass_fields__} for hit in hits])
    if not hits:
        print(f"Không thấy “{words}” trong khung nào.")
        return 0
    table = _table("Khung", "Tiêu chí", "Ở đâu", "Câu")
    for hit in hits:
        table.add_row(*_plain(hit.framework, hit.criterion, PLACES[hit.place], hit.text))
    _console().print(table)
    print(f"{len(hits)} chỗ.")
    return 0


def _check(args: argparse.Namespace) -> int:
    from caitien.standards import FrameworkFileError, check_file

    try:
        framework = check_file(args.file)
    except FrameworkFileError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"caitien: {args.file.name} có {len(error.problems)} lỗi.", file=sys.stderr)
        return 2
    counts = ", ".join(f"Mức {level}: {number}" for level, number in framework.level_counts.items())
    print(f"{args.file.name} dùng được: {framework.title}.")
    print(f"{len(framework.standards)} tiêu chuẩn, {len(framework.criteria)} tiêu chí ({counts}).")
    if args.file.stem != framework.id:
        print(f"Khi đặt vào thư mục khung, tệp phải tên là {framework.id}.yaml.")
    return 0


def _on(args: argparse.Namespace) -> int:
    from caitien.standards import framework_on, load

    found = framework_on(args.level, args.day)
    if args.format == "json":
        return _json({"school_level": args.level, "date": args.day.isoformat(), "framework": found})
    if found is None:
        print(f"Ngày {_day(args.day)}, cấp {LEVEL_WORDS[args.level]}: chưa có khung nào ở đây.")
    else:
        print(f"Ngày {_day(args.day)}, cấp {LEVEL_WORDS[args.level]}: {found} · {load(found).short_title}")
    return 0


def _compare(args: argparse.Namespace) -> int:
    from caitien.standards import compare, load

    old, new = load(args.old), load(args.new)
    rows = compare(old, new)
    if args.format == "json":
        return _json({"old": old.id, "new": new.id, "rows": [row.to_dict() for row in rows]})
    table = _table("Cũ", old.short_title, "Mới", new.short_title, "Khác gì")
    for row in rows:
        table.add_row(*_plain(row.old or "–", row.old_title or "", row.new or "–", row.new_title or "", row.words))
    _console().print(table)
    return 0


def _unknown_code(framework: Framework, code: str) -> Exception:
    from difflib import get_close_matches

    from caitien.errors import FrameworkError

    near = get_close_matches(code, framework.codes, n=1, cutoff=0.5)
    hint = f" Có phải “{near[0]}”?" if near else ""
    return FrameworkError(f"Khung {framework.id} không có tiêu chuẩn hay tiêu chí “{code}”.{hint}")


# --- how things are printed


def _list_table(frameworks: Sequence[FrameworkInfo]) -> Any:
    from caitien.standards import MARK_WORDS

    table = _table("Mã khung", "Tên", "Cấp học", "Tiêu chuẩn", "Tiêu chí", "Theo mức", "Áp dụng", "Độ tin của lời")
    for info in frameworks:
        mandatory = f" ({info.mandatory} ★)" if info.mandatory else ""
        table.add_row(
            *_plain(
                info.id,
                info.short_title,
                ", ".join(LEVEL_WORDS[level] for level in info.school_levels),
                f"{info.standards}",
                f"{info.criteria}{mandatory}",
                "/".join(str(number) for number in info.level_counts.values()),
                f"{_day(info.validity.start)} – {_day(info.validity.end) if info.validity.end else 'nay'}",
                MARK_WORDS[info.mark],
            )
        )
    return table


def _print_framework(framework: Framework) -> None:
    from caitien.standards import MARK_WORDS

    document = framework.document
    print(framework.title)
    print(f"Mã khung: {framework.id}. {framework.status or ''}".rstrip())
    annex = f", {document.annex}" if document.annex else ""
    print(f"Văn bản: {document.kind} {document.number}{annex}, ngày {_day(document.issued)}: {document.subject}.")
    for amendment in document.amended_by:
        since = f", hiệu lực {_day(amendment.in_force)}" if amendment.in_force else ""
        print(f"Sửa bởi: {amendment.number}{since}.")
    if document.repealed:
        print(f"Hết hiệu lực từ {_day(document.repealed)}, thay bằng {document.repealed_by}.")
    end = framework.validity.end
    print(f"Dùng từ {_day(framework.validity.start)}" + (f" đến {_day(end)}." if end else "."))
    print(f"Dùng cho: {framework.school_type}.")
    print()
    for rule in framework.rules.school:
        article = f" ({rule.article})" if rule.article else ""
        print(f"Mức {rule.level}: {rule.text}{article}")
    print()
    for standard in framework.standards:
        _print_standard(framework, standard)
        print()
    if framework.level_items:
        print("Mục riêng của mức cao nhất")
        _print_criteria(framework.level_items)
        print()
    if any(c.mandatory for c in framework.criteria):
        print("★ tiêu chí bắt buộc")
    print(f"Mã minh chứng: {framework.evidence.example}. {framework.evidence.text or ''}".rstrip())
    _print_list("Biểu mẫu đi kèm", (_form(f.number, f.title) for f in framework.forms))
    _print_list("Thay đổi so với bản trước", (f"{c.about}: {c.text}" for c in framework.changes))
    facts = (
        f"{FACT_WORDS[c.fact]}: {MARK_WORDS[c.mark]}." + (f" {c.note}" if c.note else "") for c in framework.confidence
    )
    _print_list("Độ tin", facts)
    for conflict in framework.conflicts:
        _print_list(f"Nguồn mâu thuẫn: {conflict.about}", (f"{r.text} ({r.source})" for r in conflict.readings))
        print(f"  Ở đây dùng: {conflict.chosen}")
    _print_list("Ghi chú", framework.notes)


FACT_WORDS = {
    "titles": "tên tiêu chuẩn, tiêu chí",
    "requirements": "lời các yêu cầu",
    "level_items": "các mục Mức 4",
    "counts": "số lượng",
    "dates": "ngày tháng",
    "rules": "quy tắc xét mức",
    "indicators": "dữ liệu định lượng",
    "changes": "phần sửa đổi",
}


def _print_standard(framework: Framework, standard: Standard) -> None:
    print(f"Tiêu chuẩn {standard.code}: {standard.title}")
    _print_criteria(standard.criteria)


def _print_criteria(criteria: Iterable[Criterion]) -> None:
    for criterion in criteria:
        star = " ★" if criterion.mandatory else ""
        levels = ", ".join(str(level.level) for level in criterion.levels)
        print(f"  {criterion.code:<5} {criterion.title}{star} (Mức {levels})")


def _print_criterion(
    framework: Framework, criterion: Criterion, official: OfficialCriterion | None = None, source: str = ""
) -> None:
    from caitien.standards import MARK_WORDS

    standard = framework.standard(criterion.code)
    star = " ★ bắt buộc" if criterion.mandatory else ""
    print(f"{criterion.code} {criterion.title}{star}")
    print(f"{framework.short_title}" + (f" · Tiêu chuẩn {standard.code}: {standard.title}" if standard else ""))
    if criterion.article:
        print(f"Điều khoản: {criterion.article}")
    if official and official.title:
        print(f"Tên trong văn bản: {official.title}")
    for level in criterion.levels:
        print(f"\nMức {level.level}")
        if not level.known:
            print("  Chưa có lời của mức này.")
        for requirement in level.requirements:
            print(f"  {requirement.code}  {requirement.text}")
            for t in requirement.thresholds:
                where = f" ({t.applies_to})" if t.applies_to else ""
                print(f"      {t.metric}: {OPERATORS[t.operator]} {t.value} {t.unit}{where}")
        if official and (words := official.levels.get(level.level)):
            print(f"  Nguyên văn ({source}):")
            for line in words.splitlines():
                print(f"    {line}")
    figures = (f"{i.name} ({i.unit})" + (f", {i.note}" if i.note else "") for i in criterion.indicators)
    _print_list("Dữ liệu định lượng chính", figures)
    if criterion.indicators_note:
        print(f"\n{criterion.indicators_note}")
    _print_list("Minh chứng gợi ý (đề xuất của Cải Tiến)", (e.name for e in criterion.suggested_evidence))
    mark = criterion.mark or framework.mark_of("requirements")
    print(f"\nĐộ tin: {MARK_WORDS[mark] if mark else 'không rõ'}.")
    if criterion.note:
        print(criterion.note)


def _print_list(head: str, lines: Iterable[str]) -> None:
    kept = list(lines)
    if kept:
        print(f"\n{head}")
        for line in kept:
            print(f"  - {line}")


def _form(number: str | None, title: str) -> str:
    return f"{number}: {title}" if number else title


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _json(value: Any) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=2))
    return 0


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, width=PIPED_WIDTH)


def _table(*heads: str) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n, head in enumerate(heads):
        table.add_column(head, no_wrap=n == 0, overflow="fold")
    return table


def _plain(*cells: str) -> list[Any]:
    """Cells as they are: "[H1-1.1-01]" is a code, not rich's markup."""
    from rich.text import Text

    return [Text(cell) for cell in cells]
