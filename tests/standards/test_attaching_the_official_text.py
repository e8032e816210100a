"""The official circular is read and shown beside our summaries; what differs and what it settles is reported."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caitien import standards
from caitien.cli import main
from caitien.errors import FrameworkError
from caitien.standards import attach, official_text, save_official
from caitien.writing import render
from caitien.writing.document import Document, body
from standards.circular_texts import of_2018, of_2026


def test_every_criterion_and_level_of_the_right_annex_is_found() -> None:
    official, report = attach("tt57-2026-pho-thong", of_2026(), "bia.txt")
    assert (report.annex, len(report.found), report.not_found, report.missing_levels) == ("Phụ lục II", 15, (), {})
    assert official.criteria["1.3"].levels == {
        1: "Lời bịa II 1.3 thứ nhất, nhắc tới Tiêu chí 2.2 và Mức 2.\nCâu thứ hai.",
        2: "Lời bịa II 1.3 ở mức cao.",
    }
    assert (report.unknown, report.doubled, report.other_standards) == ((), (), ())


@pytest.mark.parametrize(("framework_id", "annex"), [("tt57-2026-mam-non", "I"), ("tt57-2026-gdtx", "III")])
def test_the_other_annexes_are_read_from_the_same_file(framework_id: str, annex: str) -> None:
    official, _ = attach(framework_id, of_2026(), "bia.txt")
    assert official.criteria["2.2"].levels[2] == f"Lời bịa {annex} 2.2 ở mức cao."


def test_a_conflict_about_a_title_is_settled_by_the_title() -> None:
    _, report = attach("tt57-2026-pho-thong", of_2026(), "bia.txt")
    assert [(d.code, d.official) for d in report.other_titles] == [
        ("1.4", "Tự đánh giá, cải tiến chất lượng, công khai và trách nhiệm giải trình")
    ]
    settled = {s.about: s for s in report.conflicts}
    assert (settled["Tên tiêu chí 1.4"].settled, settled["Tên tiêu chí 1.4"].chosen) == (True, False)
    assert settled["Tên tiêu chuẩn 3"].chosen
    assert settled["Dấu khi viện dẫn mã minh chứng"].chosen
    assert settled["Các thông tư bị bãi bỏ (Điều 26)"].chosen


def test_a_title_that_is_neither_reading_is_settled_against_both() -> None:
    title = "Tự đánh giá, cải tiến, công khai và giải trình với xã hội"
    _, report = attach("tt57-2026-pho-thong", of_2026(title), "bia.txt")
    settled = next(s for s in report.conflicts if s.about == "Tên tiêu chí 1.4")
    assert (settled.settled, settled.reading, settled.official, settled.chosen) == (True, None, title, False)


def test_what_the_text_does_not_say_stays_open() -> None:
    lines = [line for line in of_2026() if "42/2012" not in line and "MC.1.1.01" not in line]
    _, report = attach("tt57-2026-pho-thong", lines, "bia.txt")
    unsettled = [s.about for s in report.conflicts if not s.settled]
    assert unsettled == ["Dấu khi viện dẫn mã minh chứng", "Các thông tư bị bãi bỏ (Điều 26)"]


def test_a_mark_of_mandatory_is_no_part_of_a_title() -> None:
    lines = [f"{line} (bắt buộc)" if line.startswith("Tiêu chí 2.1.") else line for line in of_2026()]
    lines = [f"{line} *" if line.startswith("Tiêu chí 2.2.") else line for line in lines]
    official, report = attach("tt57-2026-pho-thong", lines, "bia.txt")
    assert [d.code for d in report.other_titles] == ["1.4"]
    assert official.criteria["2.1"].title == "Cán bộ quản lý cơ sở giáo dục"


def test_what_is_missing_is_named() -> None:
    lines = of_2026()
    start = lines.index("PHỤ LỤC II")
    end = lines.index("PHỤ LỤC III")
    own = [x for x in lines[start:end] if not x.startswith("Tiêu chí 4.3") and "b) Mức 2: Lời bịa II 3.5" not in x]
    own.insert(-1, "Tiêu chí 4.9. Tiêu chí lạ")
    _, report = attach("tt57-2026-pho-thong", own, "bia.txt")
    assert report.not_found == ("4.3",)
    assert report.missing_levels == {"3.5": (2,)}
    assert report.unknown == ("4.9",)


@pytest.mark.parametrize("framework_id", ["tt17-2018-tieu-hoc", "tt18-2018-trung-hoc", "tt19-2018-mam-non"])
def test_a_circular_of_2018_has_a_part_for_each_level(framework_id: str) -> None:
    framework = standards.load(framework_id)
    official, report = attach(framework_id, of_2018(framework), "bia.txt")
    assert report.found == framework.codes
    assert (report.missing_levels, report.other_titles, report.doubled) == ({}, (), ())
    first = official.criteria["1.1"].levels
    assert first[1] == "a) Lời bịa 1.1 a;\nb) Lời bịa 1.1 b;\nc) Lời bịa 1.1 c;"
    assert first[3] == "Lời bịa 1.1 của mức 3."
    assert official.criteria["M4.2"].levels == {4: "Lời bịa của khoản 2."}


def wrapped(lines: list[str], width: int = 46) -> list[str]:
    """Lines as a page breaks them, with page numbers between."""
    broken: list[str] = []
    for line in lines:
        words = line.split()
        current = ""
        for word in words:
            if current and len(current) + len(word) >= width:
                broken.append(current)
                current = word
            else:
                current = f"{current} {word}".strip()
        broken.append(current)
        if len(broken) % 40 == 0:
            broken.append("- 12 -")
    return broken


@pytest.mark.parametrize("width", [38, 46, 70])
def test_lines_broken_by_the_page_are_joined(width: int) -> None:
    official, report = attach("tt57-2026-pho-thong", wrapped(of_2026(), width), "bia.pdf", wrapped=True)
    assert (len(report.found), report.missing_levels) == (15, {})
    assert [d.code for d in report.other_titles] == ["1.4"]
    assert official.criteria["1.3"].levels[1].replace("\n", " ") == (
        "Lời bịa II 1.3 thứ nhất, nhắc tới Tiêu chí 2.2 và Mức 2. Câu thứ hai."
    )


def test_a_table_with_a_column_for_each_level_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    framework = standards.load("tt57-2026-gdtx")
    document = docx.Document()
    document.add_paragraph("PHỤ LỤC III")
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, ("Mã", "Tiêu chí", "Mức 1", "Mức 2"), strict=True):
        cell.text = text
    for criterion in framework.criteria:
        cells = table.add_row().cells
        texts = (criterion.code, criterion.title, f"Lời bịa {criterion.code} thấp.", f"Lời bịa {criterion.code} cao.")
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
    path = tmp_path / "van-ban.docx"
    document.save(str(path))
    monkeypatch.setenv("CAITIEN_DATA", str(tmp_path / "data"))
    assert main(["standards", "attach", framework.id, str(path)]) == 0
    official = official_text(framework.id, tmp_path / "data")
    assert official is not None
    assert {c.levels[2] for c in official.criteria.values()} == {f"Lời bịa {c} cao." for c in framework.codes}


def test_the_wording_stands_beside_our_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAITIEN_DATA", str(tmp_path / "data"))
    path = tmp_path / "van-ban.txt"
    path.write_text("\n".join(of_2026()), encoding="utf-8")
    assert main(["standards", "attach", "tt57-2026-pho-thong", str(path), "--dry-run"]) == 0
    assert official_text("tt57-2026-pho-thong", tmp_path / "data") is None
    assert main(["standards", "attach", "tt57-2026-pho-thong", str(path)]) == 0
    out = capsys.readouterr().out
    assert "thấy 15 trong 15 tiêu chí" in out
    assert "Tiêu chí 1.4 có tên khác:" in out
    assert "Nguồn mâu thuẫn “Tên tiêu chuẩn 3”: văn bản xác nhận cách ghi đang dùng." in out
    assert main(["standards", "show", "tt57-2026-pho-thong", "1.4"]) == 0
    out = capsys.readouterr().out
    assert "Tên trong văn bản: Tự đánh giá, cải tiến chất lượng" in out
    assert "Nguyên văn (van-ban.txt):\n    Lời bịa II 1.4 ở mức cao." in out
    assert "1.4.M2.a" in out
    assert main(["standards", "show", "tt57-2026-pho-thong", "1.4", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["official"]["levels"]["2"] == "Lời bịa II 1.4 ở mức cao."


def test_what_is_kept_comes_back_the_same(tmp_path: Path) -> None:
    official, _ = attach("tt57-2026-pho-thong", of_2026(), "bia.txt")
    save_official(official, tmp_path)
    assert official_text("tt57-2026-pho-thong", tmp_path) == official
    assert standards.forget_official("tt57-2026-pho-thong", tmp_path)
    assert official_text("tt57-2026-pho-thong", tmp_path) is None


def test_a_kept_file_that_is_damaged_is_said_to_be(tmp_path: Path) -> None:
    official, _ = attach("tt57-2026-pho-thong", of_2026(), "bia.txt")
    save_official(official, tmp_path).write_text("{", encoding="utf-8")
    with pytest.raises(FrameworkError, match="hãy gắn lại văn bản"):
        official_text("tt57-2026-pho-thong", tmp_path)


def test_another_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "khac.txt"
    path.write_text("Quy chế làm việc\nĐiều 1. Phạm vi\n1. Tiêu chí chung: không có.\n", encoding="utf-8")
    assert main(["standards", "attach", "tt57-2026-pho-thong", str(path)]) == 2
    assert "Không thấy tiêu chí nào" in capsys.readouterr().err


PIECES = st.sampled_from(
    [
        "PHỤ LỤC II",
        "Tiêu chí 1.1. Tầm nhìn",
        "1.2",
        "Mức 1:",
        "Mức 2",
        "a) Lời.",
        "Điều 9. Khác",
        "Tiêu chuẩn 3",
        "",
        "- 3 -",
    ]
)


@given(st.lists(PIECES | st.text(max_size=30), max_size=30), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_lines_give_a_report_or_one_sentence(lines: list[str], by_page: bool) -> None:
    try:
        official, report = attach("tt57-2026-pho-thong", lines, "bia", wrapped=by_page)
    except FrameworkError:
        return
    assert set(report.found) == set(official.criteria)
    assert set(report.found).isdisjoint(report.not_found)


@pytest.mark.parametrize("file_format", ["docx", "pdf"])
@pytest.mark.parametrize("framework_id", ["tt57-2026-pho-thong", "tt17-2018-tieu-hoc"])
def test_a_word_file_and_a_pdf_of_a_whole_circular_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_format: str, framework_id: str
) -> None:
    framework = standards.load(framework_id)
    lines = of_2026() if framework_id.startswith("tt57") else of_2018(framework)
    paper = Document("Văn bản bịa", tuple(body(line) for line in lines))
    path = tmp_path / f"van-ban.{file_format}"
    path.write_bytes(render(paper, file_format))
    monkeypatch.setenv("CAITIEN_DATA", str(tmp_path / "data"))
    assert main(["standards", "attach", framework_id, str(path)]) == 0
    official = official_text(framework_id, tmp_path / "data")
    assert official is not None
    assert tuple(official.criteria) == framework.codes
    for criterion in (*framework.criteria, *framework.level_items):
        assert set(official.criteria[criterion.code].levels) == {level.level for level in criterion.levels}
    expected, _ = attach(framework_id, lines, path.name)
    for code, criterion in expected.criteria.items():
        read = {level: " ".join(text.split()) for level, text in official.criteria[code].levels.items()}
        assert read == {level: " ".join(text.split()) for level, text in criterion.levels.items()}
        assert official.criteria[code].title == criterion.title
