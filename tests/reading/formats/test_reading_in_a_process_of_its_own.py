"""`read_guarded`: the plan and the source of a file from a child process; refusals and progress come through."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest

from caitien.errors import ReadingError
from caitien.reading import guarded
from caitien.reading.guarded import read_guarded
from caitien.reading.limits import Limits
from caitien.reading.opening import open_source
from caitien.reading.source import Cell, SourceDocument, Table
from caitien.reading.source_json import source_from_json, source_to_json
from reading.bad_input.bad_files import PARAGRAPH, docx, locked_pdf

SAMPLES = sorted((Path(__file__).parents[3] / "samples").glob("*.[dpx]*"))


@pytest.mark.parametrize("path", SAMPLES[:1] + SAMPLES[-1:], ids=lambda p: p.name)
def test_the_plan_and_the_source_come_back(path: Path) -> None:
    heard: list[tuple[float, str]] = []
    plan, source = read_guarded(path, on_progress=lambda share, phrase: heard.append((share, phrase)))
    assert json.loads(plan)["actions"]
    assert source_from_json(source) == open_source(path)
    assert heard[0][0] < heard[-1][0] == 1.0
    assert heard[-1][1] == "Đã đọc xong tệp"


def test_bytes_and_a_name_do_as_well(tmp_path: Path) -> None:
    plan, source = read_guarded(SAMPLES[0].read_bytes(), name="Kế hoạch.docx")
    assert json.loads(source)["name"] == "Kế hoạch.docx"
    assert json.loads(plan)["schema"] == "caitien.plan/1"


def test_a_refusal_comes_through_with_its_code_and_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as refused:
        read_guarded(locked_pdf(tmp_path / "a.pdf", "matkhau"))
    assert refused.value.code == "encrypted"
    assert "mật khẩu" in str(refused.value)


def test_a_file_that_holds_no_plan_is_refused_as_interpreting_refuses_it(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as refused:
        read_guarded(docx(tmp_path / "a.docx", PARAGRAPH))
    assert refused.value.code == "no_table"


def test_a_child_that_does_not_answer_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "SECONDS_TO_START", 0.1)
    slow = tmp_path / "slow"
    slow.write_text(f"#!{sys.executable}\nimport time; time.sleep(60)\n")
    slow.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(slow))
    started = time.monotonic()
    with pytest.raises(ReadingError) as refused:
        read_guarded(docx(tmp_path / "a.docx"), limits=Limits(seconds=0.3))
    assert refused.value.code == "too_slow"
    assert time.monotonic() - started < 5


def test_a_child_that_dies_is_told_as_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = tmp_path / "dead"
    dead.write_text("#!/bin/sh\nexit 3\n")
    dead.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dead))
    with pytest.raises(ReadingError) as refused:
        read_guarded(docx(tmp_path / "a.docx"))
    assert refused.value.code == "crashed"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as Linux bounds it")
def test_a_child_that_may_hold_too_little_says_so() -> None:
    with pytest.raises(ReadingError) as refused:
        read_guarded(SAMPLES[0], memory_bytes=8 * 1024 * 1024)
    assert refused.value.code in ("too_much_memory", "crashed")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_a_source_as_json_is_the_source_again(path: Path) -> None:
    document = open_source(path)
    assert source_from_json(source_to_json(document)) == document


def test_the_doubts_of_rows_come_back() -> None:
    table = Table(2, 1, [Cell(0, 0, "Nội dung"), Cell(1, 0, "một")], doubts={1: "cột thời gian trống"})
    back = source_from_json(source_to_json(SourceDocument("txt", [table])))
    assert next(back.tables()).doubts == {1: "cột thời gian trống"}
