"""Real plans with some bytes changed are read or refused: no reader breaks on what no program writes."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien.errors import ReadingError
from caitien.reading.formats import read_as
from caitien.reading.limits import Watch
from caitien.reading.opening import sniff
from caitien.reading.refusals import SENTENCES

SAMPLES = Path(__file__).parents[3] / "samples"
FILES = {
    kind: sorted(SAMPLES.glob(f"*.{kind}"), key=lambda p: p.stat().st_size)[0].read_bytes()
    for kind in ("docx", "xlsx", "pdf")
}
ATTRIBUTE = re.compile(rb'="([^"<>]{0,12})"')
ODD = [b"", b"-1", b"0", b"999999999999", b"abc", b"1e9", b"%9", b"A0", b"XFD1048577"]
RUN = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def outcome(content: bytes) -> str:
    """ "read", or the code of the refusal; any other error is the test's."""
    try:
        format = sniff(content)
        if format != "txt":
            read_as(format, content, Watch())
    except ReadingError as error:
        return error.code
    return "read"


def with_odd_attributes(content: bytes, part: str, changes: list[tuple[int, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if part in name and name.endswith(".xml"):
                places = list(ATTRIBUTE.finditer(data))
                chosen = {at % len(places): value for at, value in changes} if places else {}
                for at in sorted(chosen, reverse=True):
                    place = places[at]
                    data = data[: place.start(1)] + chosen[at] + data[place.end(1) :]
            target.writestr(name, data)
    return out.getvalue()


CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(ODD)), min_size=1, max_size=12)


@RUN
@given(st.sampled_from(["document", "numbering", "styles"]), CHANGES)
def test_word_files_with_odd_attributes(part: str, changes: list[tuple[int, bytes]]) -> None:
    assert outcome(with_odd_attributes(FILES["docx"], part, changes)) in {"read", *SENTENCES}


@RUN
@given(st.sampled_from(["sheet1", "styles", "workbook"]), CHANGES)
def test_excel_files_with_odd_attributes(part: str, changes: list[tuple[int, bytes]]) -> None:
    assert outcome(with_odd_attributes(FILES["xlsx"], part, changes)) in {"read", *SENTENCES}


@RUN
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=30))
def test_pdf_files_with_odd_bytes(changes: list[tuple[int, int]]) -> None:
    content = bytearray(FILES["pdf"])
    for at, byte in changes:
        content[at % len(content)] = byte
    assert outcome(bytes(content)) in {"read", *SENTENCES}


@RUN
@given(st.sampled_from(["docx", "xlsx", "pdf"]), st.floats(0, 1))
def test_files_that_did_not_arrive_whole(kind: str, share: float) -> None:
    content = FILES[kind]
    assert outcome(content[: max(1, int(share * len(content)))]) in {"read", *SENTENCES}
