"""`caitien standards`: what a person sees."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from caitien import standards
from caitien.cli import main


def test_it_lists_every_framework_with_counts_validity_levels_and_confidence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["standards"]) == 0
    out = capsys.readouterr().out
    for info in standards.available():
        assert info.id in out
    line = next(line for line in out.splitlines() if "tt17-2018-tieu-hoc" in line)
    assert "27/27/19/5" in line
    assert "tiểu học" in line
    assert "10/10/2018" in line
    assert "15 (8 ★)" in next(line for line in out.splitlines() if "tt57-2026-gdtx" in line)


def test_the_list_is_json_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [f["id"] for f in listed] == [info.id for info in standards.available()]
    assert listed[0]["validity"] == {"start": "2026-07-07", "end": None}
    assert "path" not in listed[0]


def test_it_shows_a_framework(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "show", "tt57-2026-pho-thong"]) == 0
    out = capsys.readouterr().out
    assert "1.3   Quản lý kế hoạch, nguồn lực, thông tin và dữ liệu ★" in out
    assert "Cả 8 tiêu chí bắt buộc đạt Mức 1" in out
    assert "Tự đánh giá, cải tiến chất lượng, công khai và trách nhiệm giải trình (một nguồn khác)" in out
    assert "ngày 07/07/2026" in out


def test_it_shows_an_old_framework_with_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "show", "tt17-2024-tieu-hoc"]) == 0
    out = capsys.readouterr().out
    assert "Hết hiệu lực từ 07/07/2026, thay bằng 57/2026/TT-BGDĐT." in out
    assert "Dùng từ 25/01/2025 đến 06/07/2026." in out
    assert "Thay đổi so với bản trước" in out


def test_it_shows_a_criterion_with_levels_figures_and_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "show", "tt17-2018-tieu-hoc", "5.4"]) == 0
    out = capsys.readouterr().out
    assert "5.4 Công tác phổ cập giáo dục tiểu học" in out
    assert "Tỷ lệ trẻ 6 tuổi vào lớp 1 trên địa bàn tuyển sinh: từ 98 %" in out
    assert "Minh chứng gợi ý (đề xuất của Cải Tiến)" in out


def test_it_shows_a_standard_and_a_level_four_item(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "show", "tt17-2018-tieu-hoc", "2"]) == 0
    assert "2.4   Đối với học sinh (Mức 1, 2, 3)" in capsys.readouterr().out
    assert main(["standards", "show", "tt17-2018-tieu-hoc", "M4.5"]) == 0
    assert "Điều 22 khoản 5" in capsys.readouterr().out


def test_the_json_of_a_framework_is_the_framework(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "show", "tt19-2018-mam-non", "--format", "json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert standards.Framework.model_validate(value) == standards.load("tt19-2018-mam-non")
    assert main(["standards", "show", "tt19-2018-mam-non", "1.5", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Tổ chức nhóm trẻ và lớp mẫu giáo"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["show", "tt57-2026-pho-tong"],
            "Không có khung tiêu chuẩn “tt57-2026-pho-tong”. Có phải “tt57-2026-pho-thong”?",
        ),
        (["show", "TT17_2018_tieu_hoc"], "Có phải “tt17-2018-tieu-hoc”?"),
        (["show", "xyz"], "Xem danh sách bằng lệnh: caitien standards"),
        (["show", "tt17-2018-tieu-hoc", "5.6"], "không có tiêu chuẩn hay tiêu chí “5.6”. Có phải “5.5”?"),
        (["search", "học", "--framework", "tt17-2018-tieuhoc"], "Có phải “tt17-2018-tieu-hoc”?"),
    ],
)
def test_what_is_not_there_ends_with_code_two_and_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(["standards", *arguments]) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert len(captured.err.strip().splitlines()) == 1
    assert captured.out == ""


def test_it_searches_without_marks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "search", "thu", "vien", "hien", "dai"]) == 0
    assert "M4.3" in capsys.readouterr().out
    assert main(["standards", "search", "xyzzy"]) == 0
    assert "Không thấy “xyzzy”" in capsys.readouterr().out
    assert main(["standards", "search", "thu vien", "--format", "json"]) == 0
    assert {"framework", "criterion", "place", "text"} <= set(json.loads(capsys.readouterr().out)[0])


def test_it_checks_a_file_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "tinh.yaml"
    path.write_text(
        "schema: caitien.framework/1\nid: tinh-2027\nextends: tt57-2026-pho-thong\n"
        "title: Khung của tỉnh\namend:\n  - set:\n      criterion: '3.3'\n      title: Hoạt động trải nghiệm\n",
        encoding="utf-8",
    )
    assert main(["standards", "check", str(path)]) == 0
    out = capsys.readouterr().out
    assert "4 tiêu chuẩn, 15 tiêu chí (Mức 1: 15, Mức 2: 15)." in out
    assert "tinh-2027.yaml" in out


def test_a_bad_file_is_told_line_by_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "tinh.yaml"
    path.write_text("schema: caitien.framework/1\nid: tinh-2027\ntitle: 12\n", encoding="utf-8")
    assert main(["standards", "check", str(path)]) == 2
    err = capsys.readouterr().err
    assert f"{path}, dòng 3: title: phải là chữ" in err
    assert "document: thiếu trường này." in err
    assert main(["standards", "check", str(tmp_path / "khong-co.yaml")]) == 2
    assert "không có tệp này" in capsys.readouterr().err


def test_importing_standards_loads_nothing_heavy() -> None:
    code = (
        "import sys, caitien.standards; "
        "print([m for m in ('pydantic', 'yaml', 'rich', 'caitien.standards.model') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_all_frameworks_load_cold_within_the_time_promised() -> None:
    """0.4 s is the promise on a quiet machine; processor time of this process is what counts."""
    code = (
        "import time, caitien.standards.loading as l; t = time.process_time(); n = len(l.available()); "
        "cold = time.process_time() - t; t = time.process_time(); l.available(); "
        "print(n, cold, time.process_time() - t)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    number, cold, again = out.split()
    assert int(number) == 9
    assert float(cold) < 0.4
    assert float(again) < 0.05


def test_it_says_which_framework_applied_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "on", "tieu_hoc", "2025-09-05"]) == 0
    assert "Ngày 05/09/2025, cấp tiểu học: tt17-2024-tieu-hoc" in capsys.readouterr().out
    assert main(["standards", "on", "gdtx", "2020-09-05", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["framework"] is None


def test_two_versions_stand_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "compare", "tt17-2018-tieu-hoc", "tt17-2024-tieu-hoc", "--format", "json"]) == 0
    rows = {(r["old"], r["new"]): r for r in json.loads(capsys.readouterr().out)["rows"]}
    assert rows["1.1", "1.1"]["change"] == "same"
    assert rows["1.2", "1.2"]["words"] == "đổi tên"
    assert rows["3.4", None]["change"] == "removed"
    assert rows[None, "M4.7"]["change"] == "added"


def test_an_old_and_a_new_circular_are_compared_by_the_crosswalk(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "compare", "tt17-2018-tieu-hoc", "tt57-2026-pho-thong", "--format", "json"]) == 0
    rows = [r for r in json.loads(capsys.readouterr().out)["rows"] if r["old"] == "1.4"]
    assert [(r["new"], r["change"]) for r in rows] == [("1.2", "moved"), ("2.1", "moved"), ("3.2", "moved")]
    assert "chuyển sang (phụ), giống trung bình" in rows[1]["words"]
