"""`caitien standards attach`: the official circular of a framework, read, compared with our summaries, and kept here."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caitien.standards import AttachReport, OfficialText
    from caitien.standards.model import Framework

SECONDS = 120.0  # a whole circular is longer than a plan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="MÃ_KHUNG", help="ví dụ tt57-2026-pho-thong")
    parser.add_argument("file", metavar="TỆP", help="toàn văn của văn bản: DOCX, PDF hoặc văn bản thuần")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đối chiếu, không lưu vào cài đặt này")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="cách in (mặc định: text)")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 also where something was not found: the report says so; 2 (raised) where nothing was."""
    from caitien.reading.limits import Limits
    from caitien.reading.opening import open_source
    from caitien.standards import attach, lines_of, load, save_official

    framework = load(args.id)
    document = open_source(Path(args.file), limits=Limits(seconds=SECONDS))
    official, report = attach(framework.id, lines_of(document.blocks), document.name, wrapped=document.wrapped)
    kept = None if args.dry_run else save_official(official, data_folder())
    if args.format == "json":
        print(json.dumps({"kept": kept is not None, **report.to_dict()}, ensure_ascii=False, indent=2))
        return 0
    print(_text(framework, report))
    if kept is not None:
        print(f"\nĐã lưu lời văn của {len(report.found)} tiêu chí. Xem: caitien standards show {framework.id} 1.1")
    return 0


def data_folder() -> Path:
    """Where this installation keeps its own things; the same place as of the web application."""
    from caitien.web.data_folder import data_folder as folder

    return folder()


def attached(framework_id: str) -> OfficialText | None:
    """The official text of a framework in this installation; None, with a sentence on standard error, when unreadable."""
    from caitien.errors import FrameworkError
    from caitien.standards import official_text

    try:
        return official_text(framework_id, data_folder())
    except FrameworkError as error:
        print(f"caitien: {error}", file=sys.stderr)
    except OSError:
        pass  # no data folder can be made here: then nothing is attached
    return None


def _text(framework: Framework, report: AttachReport) -> str:
    total = len(framework.criteria) + len(framework.level_items)
    where = f", {report.annex}" if report.annex else ""
    lines = [f"{report.source}{where}: thấy {len(report.found)} trong {total} tiêu chí của khung {framework.id}."]
    if report.not_found:
        lines.append(f"Không thấy: {', '.join(report.not_found)}.")
    for code, levels in report.missing_levels.items():
        lines.append(f"Tiêu chí {code}: không thấy lời của Mức {', '.join(map(str, levels))}.")
    for kind, differences in (("Tiêu chí", report.other_titles), ("Tiêu chuẩn", report.other_standards)):
        for difference in differences:
            lines += [
                f"{kind} {difference.code} có tên khác:",
                f"  văn bản:  {difference.official}",
                f"  Cải Tiến: {difference.ours}",
            ]
    if report.unknown:
        lines.append(f"Văn bản có tiêu chí mà khung không có: {', '.join(report.unknown)}.")
    if report.doubled:
        lines.append(f"Gặp hơn một lần, giữ chỗ dài nhất: {'; '.join(report.doubled)}.")
    for conflict in report.conflicts:
        if not conflict.settled:
            lines.append(f"Nguồn mâu thuẫn “{conflict.about}”: văn bản này chưa cho biết.")
        elif conflict.chosen:
            lines.append(f"Nguồn mâu thuẫn “{conflict.about}”: văn bản xác nhận cách ghi đang dùng.")
        else:
            said = conflict.reading or conflict.official
            lines.append(f"Nguồn mâu thuẫn “{conflict.about}”: văn bản ghi “{said}”, khác cách ghi đang dùng.")
    return "\n".join(lines)
