"""What is made to fill memory or time does neither: measured on a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from caitien.errors import ReadingError
from caitien.reading.guarded import read_guarded
from caitien.reading.limits import Limits
from reading.bad_input import bad_files as bad
from reading.bad_input.test_every_bad_file_gets_one_sentence import CASES

MEGABYTES = 512
SECONDS = 10

READ = """
import json, sys
from caitien.errors import ReadingError
from caitien.reading.opening import open_source
try:
    open_source(sys.argv[1])
    code = "read"
except ReadingError as error:
    code = error.code
with open("/proc/self/status") as status:  # what getrusage says counts the process that started this one, too
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
print(json.dumps([code, peak]))
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")


def measured(path: Path) -> tuple[str, float, float]:
    """Code of the refusal ("read" when there is none), seconds, megabytes of a process that opens the file."""
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, check=True, timeout=60)
    code, peak = json.loads(done.stdout)
    return code, time.monotonic() - started, peak


def half_empty_sheet(path: Path) -> Path:
    """A sheet whose frame was drawn down to the last row that Excel has: 5 million empty cells round 1 text."""
    rows = "".join(f'<row r="{r}"><c r="A{r}" s="1"/><c r="B{r}" s="1"/></row>' for r in range(2, 1_048_577))
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>Kế hoạch cải tiến</t></is></c></row>'
    return bad.xlsx(path, f"<sheetData>{first}{rows}</sheetData>")


def shared_strings_bomb(path: Path) -> Path:
    """One long text, shown in ten thousand cells."""
    cells = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 10_001))
    strings = f"<sst {bad.S}><si><t>{'Kế hoạch ' * 20_000}</t></si></sst>"
    bad.xlsx(path, f"<sheetData>{cells}</sheetData>")
    relations = bad.RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml").replace(
        "</Relationships>",
        '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
    )
    parts = {"xl/sharedStrings.xml": strings.encode(), "xl/_rels/workbook.xml.rels": relations.encode()}
    return rezip(path, parts)


def rezip(path: Path, parts: dict[str, bytes]) -> Path:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        kept = {n: archive.read(n) for n in archive.namelist() if n not in parts}
    return bad.zip_of(path, kept | parts)


def filled(element: str, size: int) -> str:
    return element * (size // len(element))


BOMBS = {
    "a part of one gigabyte": ("zip_bomb", lambda p: bad.big_zip_member(p, "word/document.xml", 1024)),
    "a part of 150 MB that the ratio lets by": (
        "zip_bomb",
        lambda p: bad.big_zip_member(p, "word/document.xml", 150, fill=bytes(range(32, 96)) * 64),
    ),
    "30 MB of empty paragraphs": ("too_much_text", lambda p: bad.docx(p, filled("<w:p/>", 30_000_000), packed=False)),
    "as many tags as are allowed": (
        "read",
        lambda p: bad.docx(p, filled("<w:p/>", 8_900_000) + bad.PARAGRAPH, packed=False),
    ),
    "as many attributes as are allowed": (
        "read",
        lambda p: bad.docx(p, filled('<w:p a="1" b="2"/>', 8_900_000) + bad.PARAGRAPH, packed=False),
    ),
    "a sheet formatted to its last row": ("read", half_empty_sheet),
    "a shared text shown ten thousand times": ("too_much_text", shared_strings_bomb),
    "a PDF of 5,000 pages": CASES["a PDF of 5,000 pages"],
    "entities that multiply": CASES["entities that multiply, in Word"],
}


@pytest.mark.parametrize("case", BOMBS)
def test_it_needs_neither_time_nor_memory(case: str, tmp_path: Path) -> None:
    wanted, make = BOMBS[case]
    code, seconds, megabytes = measured(make(tmp_path / "ke-hoach.docx"))
    assert code == wanted or (wanted == "read" and code == "too_slow")  # on a busy machine the watch may be first
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_reading_that_takes_too_long_is_stopped_by_the_reader_itself(tmp_path: Path) -> None:
    path = bad.docx(tmp_path / "a.docx", bad.PARAGRAPH * 20_000)
    with pytest.raises(ReadingError) as refused:
        read_guarded(path, limits=Limits(seconds=0.0))
    assert refused.value.code == "too_slow"


def test_a_page_that_unpacks_without_end_takes_only_its_own_process_with_it(tmp_path: Path) -> None:
    import zlib

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m 9 9 l S " * 75_000) for _ in range(1500)) + packer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        bad.stream(packed, b"/Filter /FlateDecode"),
    ]
    path = bad.pdf(tmp_path / "a.pdf", objects)
    started = time.monotonic()
    with pytest.raises(ReadingError) as refused:
        read_guarded(path, limits=Limits(seconds=5.0))
    assert time.monotonic() - started < SECONDS
    assert refused.value.code in ("too_slow", "too_much_memory", "crashed", "no_text")
