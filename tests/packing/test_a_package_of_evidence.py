"""A package opens by double click, each code of the report leads to its file, and the check finds every changed byte."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.assessment.model import CriterionReview, EvidenceEntry, LevelReview, SelfAssessment
from caitien.cli import main
from caitien.packing.checking import PackageError, check_package
from caitien.packing.model import Content, Contents, Packed, Paper, chunks_of
from caitien.packing.names import LONGEST, Taken, plain_name
from caitien.packing.writing_zip import write_package
from caitien.standards import load

FRAMEWORK = load("tt57-2026-pho-thong")
PLAN = b"%PDF-1.7 ke hoach"
MADE_AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def assessment(**more) -> SelfAssessment:
    value = SelfAssessment(school_year="2026-2027", framework=FRAMEWORK.id)
    value.school.name = "Trường THCS Đồi <Thông>"
    value.criteria = [
        CriterionReview(
            code="1.3",
            levels=[
                LevelReview(level=1, judged="met", description="Có kế hoạch (MC.1.3.01, MC.1.3.02) & sổ (MC.9.9.99)."),
            ],
        )
    ]
    value.evidence = [
        EvidenceEntry(code="MC.1.3.01", name="Kế hoạch <b>số</b> 12", criteria=["1.3"]),
        EvidenceEntry(code="MC.1.3.02", name="Sổ theo dõi", criteria=["1.3"]),
        EvidenceEntry(name="Ảnh chưa có mã"),
    ]
    return value.model_copy(update=more)


def packed() -> list[Packed]:
    return [
        Packed(0, (Content("Kế hoạch số 12/KH.pdf", chunks_of(PLAN), len(PLAN)),)),
        Packed(1, (Content("../../Sổ.xlsx", chunks_of(b"a"), 1), Content("SỔ.XLSX", chunks_of(b"b"), 1))),
        Packed(2, links=("https://drive.example/abc", "javascript:alert(1)"), kept_back="Cần giữ kín."),
    ]


def made(tmp_path, evidence=None, papers=(), value=None):
    file = tmp_path / "goi.zip"
    with file.open("wb") as out:
        done = write_package(out, value or assessment(), FRAMEWORK, evidence or packed(), papers, made_at=MADE_AT)
    return file, done


def page(file) -> str:
    with zipfile.ZipFile(file) as package:
        return package.read("MO-TRANG-NAY.html").decode()


def test_each_code_of_the_report_leads_to_its_file(tmp_path):
    file, _ = made(tmp_path)
    links = dict(re.findall(r'<a class="code" href="([^"]+)">(MC[^<]+)</a>', page(file)))
    with zipfile.ZipFile(file) as package:
        assert package.read(next(unquote(to) for to, code in links.items() if code == "MC.1.3.01")) == PLAN
    assert "#mc-MC.1.3.02" in links  # two files: their line in the list
    assert 'id="mc-MC.1.3.02"' in page(file)


def test_every_link_of_the_page_is_in_the_package(tmp_path):
    file, _ = made(tmp_path, papers=[Paper("Báo cáo.docx", "Báo cáo tự đánh giá", b"docx")])
    with zipfile.ZipFile(file) as package:
        names = set(package.namelist())
    anchors = set(re.findall(r'id="([^"]+)"', page(file)))
    for to in re.findall(r'href="([^"]+)"', page(file)):
        if to.startswith("#"):
            assert to[1:] in anchors
        elif not to.startswith("https://"):
            assert unquote(to) in names


def test_words_are_escaped_and_a_dangerous_address_is_no_link(tmp_path):
    text = page(made(tmp_path)[0])
    assert "<b>số</b>" not in text
    assert "&lt;b&gt;số&lt;/b&gt;" in text
    assert "Đồi &lt;Thông&gt;" in text
    assert 'href="javascript' not in text
    assert "<script" not in text
    assert 'href="https://drive.example/abc"' in text
    assert "Cần giữ kín." in text


def test_a_code_that_nothing_has_is_marked(tmp_path):
    assert '<span class="warn" title="Gói không có minh chứng này">MC.9.9.99</span>' in page(made(tmp_path)[0])


def test_files_stay_in_their_folder_and_none_is_lost(tmp_path):
    file, done = made(tmp_path)
    with zipfile.ZipFile(file) as package:
        names = [name for name in package.namelist() if name.startswith("minh-chung/")]
    assert names == [
        "minh-chung/MC.1.3.01/ke-hoach-so-12-kh.pdf",
        "minh-chung/MC.1.3.02/so.xlsx",
        "minh-chung/MC.1.3.02/so-2.xlsx",
    ]
    assert done.files == 3


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_every_computer_can_write(name):
    plain = plain_name(name)
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", plain)
    assert ".." not in plain
    assert len(plain) <= LONGEST + 15
    assert plain.split(".")[0] not in ("con", "nul", "aux")


def test_names_are_never_given_twice():
    taken = Taken()
    assert [taken.free("a/b.pdf"), taken.free("a/B.pdf"), taken.free("a/b-2.pdf")] == [
        "a/b.pdf",
        "a/B-2.pdf",
        "a/b-2-2.pdf",
    ]


def test_what_the_storage_does_not_give_is_told_and_the_rest_is_packed(tmp_path):
    def broken():
        raise OSError("gone")
        yield b""

    evidence = [Packed(0, (Content("mất.pdf", broken, 9), Content("còn.pdf", chunks_of(PLAN), len(PLAN))))]
    file, done = made(tmp_path, evidence)
    assert done.missing == ["mất.pdf"]
    assert "Thiếu tệp: mất.pdf" in page(file)
    assert check_package(file).is_whole


def test_the_list_of_contents_says_what_is_in_it(tmp_path):
    file, _ = made(tmp_path)
    with zipfile.ZipFile(file) as package:
        contents = Contents.model_validate_json(package.read("GOI.json"))
    first = contents.evidence[0]
    assert (first.code, first.files[0].name) == ("MC.1.3.01", "Kế hoạch số 12/KH.pdf")
    assert first.files[0].sha256 == hashlib.sha256(PLAN).hexdigest()


@pytest.mark.parametrize("unpacked", [False, True])
def test_a_package_that_nobody_touched_is_whole(tmp_path, unpacked, capsys):
    file, _ = made(tmp_path)
    where = file
    if unpacked:
        where = tmp_path / "ra"
        zipfile.ZipFile(file).extractall(where)
    assert main(["evidence", "check", str(where)]) == 0
    assert "Gói còn nguyên vẹn: 6 tệp" in capsys.readouterr().out


def test_a_changed_a_missing_and_a_foreign_file_are_named(tmp_path, capsys):
    file, _ = made(tmp_path)
    folder = tmp_path / "ra"
    zipfile.ZipFile(file).extractall(folder)
    (folder / "minh-chung/MC.1.3.01/ke-hoach-so-12-kh.pdf").write_bytes(PLAN[:-1] + b"?")
    (folder / "minh-chung/MC.1.3.02/so.xlsx").unlink()
    (folder / "la.txt").write_text("?")
    assert main(["evidence", "check", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "Đã bị sửa hoặc hỏng: minh-chung/MC.1.3.01/ke-hoach-so-12-kh.pdf" in said
    assert "Thiếu: minh-chung/MC.1.3.02/so.xlsx" in said
    assert "Không có trong danh sách: la.txt" in said


def test_a_copy_cut_short_is_a_sentence(tmp_path, capsys):
    file, _ = made(tmp_path)
    file.write_bytes(file.read_bytes()[:-40])
    assert main(["evidence", "check", str(file)]) == 2
    assert "có thể chép chưa xong" in capsys.readouterr().err


def test_a_byte_changed_inside_the_zip_is_found(tmp_path):
    file, _ = made(tmp_path)
    content = bytearray(file.read_bytes())
    content[content.index(PLAN) + 5] ^= 1
    file.write_bytes(content)
    assert check_package(file).changed == ["minh-chung/MC.1.3.01/ke-hoach-so-12-kh.pdf"]


@pytest.mark.parametrize(
    ("line", "words"), [("xyz", "hỏng ở dòng 1"), (f"{'0' * 64}  ../../etc/passwd", "trỏ ra ngoài thư mục")]
)
def test_a_forged_list_opens_nothing_outside(tmp_path, line, words):
    (tmp_path / "SHA256SUMS.txt").write_text(line)
    (tmp_path / "a").write_text("")
    if "passwd" in line:
        # the name has to be there to be opened: the check looks at names first, so it is missing, never opened
        assert check_package(tmp_path).missing == ["../../etc/passwd"]
    else:
        with pytest.raises(PackageError, match=words):
            check_package(tmp_path)


def test_the_usual_program_checks_it_too(tmp_path):
    file, _ = made(tmp_path)
    folder = tmp_path / "ra"
    zipfile.ZipFile(file).extractall(folder)
    program = [sys.executable, "-c", "import shutil,sys; sys.exit(shutil.which('sha256sum') is None)"]
    if subprocess.run(program).returncode:
        pytest.skip("no sha256sum here")
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS.txt"], cwd=folder).returncode == 0


def test_a_large_package_needs_little_memory():
    """300 MB in a process of its own: it grows by a few megabytes, whatever the size."""
    program = """
import resource, sys
sys.path.insert(0, "tests")
from packing.test_a_package_of_evidence import assessment, write_package, FRAMEWORK, MADE_AT
from caitien.packing.model import Content, Packed
piece = bytes(1 << 20)
class Nowhere:
    def write(self, data): return len(data)
    def flush(self): pass
def run(count):
    files = tuple(Content(f"{n}.pdf", lambda: (piece for _ in range(10)), 10 << 20) for n in range(count))
    return write_package(Nowhere(), assessment(), FRAMEWORK, [Packed(0, files)], made_at=MADE_AT)
run(1)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert run(30).size == 300 << 20
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20_000  # kB


def test_the_same_package_twice_is_the_same(tmp_path):
    one, two = io.BytesIO(), io.BytesIO()
    for out in (one, two):
        write_package(out, assessment(), FRAMEWORK, packed(), made_at=MADE_AT)
    assert one.getvalue() == two.getvalue()
