"""Words in pictures by Tesseract, when it is installed with its Vietnamese data: a program that is called, nothing linked.

CAITIEN_TESSERACT names the program where it is neither on the PATH nor where its Windows installer puts it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["ready", "no_tesseract", "no_vietnamese"]

LANGUAGE = "vie"
SECONDS_A_PAGE = 40.0
SURE_WORD = 30.0  # Tesseract's confidence (0 to 100) under which a word is noise
SURE_PAGE = 80.0  # mean under which a page is read once more in another way
NOISE_PAGE = 55.0  # mean under which there is no writing, or none that can be read
_FEW = 3  # words: a photograph of a playground "reads" one or two
_WHOLE, _LOCAL = "0", "2"  # one threshold between paper and ink for the page (Otsu), one for each place (Sauvola)
_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")

ADVICE: dict[str, str] = {
    "no_tesseract": (
        "Tệp có trang quét hoặc ảnh chụp; máy chủ chưa có Tesseract nên chữ trong đó chưa tìm được. Người quản lý máy chủ cài: "
        "trên Debian, Ubuntu chạy “sudo apt install tesseract-ocr tesseract-ocr-vie”; trên Windows cài bộ "
        "“tesseract-ocr-w64-setup” của UB Mannheim, ở bước “Additional language data” đánh dấu “Vietnamese”. "
        "Cài xong, bấm “Đọc lại”."
    ),
    "no_vietnamese": (
        "Tệp có trang quét hoặc ảnh chụp; máy chủ có Tesseract nhưng thiếu dữ liệu tiếng Việt nên chữ trong đó chưa tìm được. "
        "Người quản lý máy chủ cài: trên Debian, Ubuntu chạy “sudo apt install tesseract-ocr-vie”; trên Windows chạy lại bộ "
        "cài Tesseract và đánh dấu “Vietnamese”, hoặc chép tệp “vie.traineddata” vào thư mục “tessdata” của Tesseract. "
        "Cài xong, bấm “Đọc lại”."
    ),
}


def state() -> State:
    """Whether scans can be read on this machine. Asked anew each time: it takes 20 ms, and someone may just have installed it."""
    program = find_program()
    if program is None:
        return "no_tesseract"
    return "ready" if LANGUAGE in languages(program) else "no_vietnamese"


def find_program() -> str | None:
    """The path of Tesseract, None when there is none."""
    if named := os.environ.get("CAITIEN_TESSERACT"):
        return shutil.which(named)
    if found := shutil.which("tesseract"):
        return found
    for variable in _WINDOWS:  # its installer does not put it on the PATH
        for folder in ("Tesseract-OCR", "Programs/Tesseract-OCR"):
            path = Path(os.environ.get(variable) or "?") / folder / "tesseract.exe"
            if path.is_file():
                return str(path)
    return None


def languages(program: str) -> set[str]:
    """Names of the data that the program has ("vie", "eng", "osd"); none when it does not run."""
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=15)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return set()
    listed = done.stdout or done.stderr  # version 3 says it on standard error
    return {line.strip() for line in listed.decode("utf-8", "replace").splitlines()[1:]}


def words_of_picture(
    picture: bytes, program: str, seconds: float = SECONDS_A_PAGE, *, shaded: bool = False
) -> str | None:
    """What is written in a picture (any format that Tesseract knows), line by line; None when it did not answer in time.

    `shaded`: light falls unevenly on the paper, as on most photographs. A page that reads badly one way is read the other.
    """
    end = time.monotonic() + seconds
    layout = (
        "12" if "osd" in languages(program) else "11"
    )  # scattered text: tables lose fewest words; 12 turns the page too
    best: _Seen | None = None
    for threshold in (_LOCAL, _WHOLE) if shaded else (_WHOLE, _LOCAL):
        seen = _asked(picture, program, end - time.monotonic(), layout, threshold)
        if seen is not None and (best is None or seen.weight > best.weight):
            best = seen
        if (best is not None and (best.sureness >= SURE_PAGE or not best.words)) or end - time.monotonic() < 1:
            break
    if best is None:
        return None
    return best.text if best.sureness >= NOISE_PAGE and best.words >= _FEW else ""


@dataclass(frozen=True, slots=True)
class _Seen:
    """`words`: how many were kept; `weight`: letters of all, each with its confidence; `sureness`: its mean (0 to 100)."""

    text: str
    words: int
    weight: float
    sureness: float


def _asked(picture: bytes, program: str, seconds: float, layout: str, threshold: str) -> _Seen | None:
    settings = ["-c", "tessedit_create_tsv=1", "-c", f"thresholding_method={threshold}"]
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", layout, "--dpi", "300", *settings]
    environment = os.environ | {
        "OMP_THREAD_LIMIT": "1"
    }  # its threads cost more than they give, on a machine that serves
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=seconds, env=environment)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return _of_table(done.stdout.decode("utf-8", "replace").splitlines()) if done.returncode == 0 else None


def _of_table(rows: Iterable[str]) -> _Seen:
    """From Tesseract's table of words: level, page, block, paragraph, line, word, box (4), confidence, text."""
    lines: dict[tuple[str, ...], list[str]] = {}
    weight = total = 0.0
    for row in rows:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not (word := cells[11].strip()):
            continue
        letters, confidence = sum(c.isalnum() for c in word), float(cells[10])
        weight, total = weight + letters * confidence, total + letters
        if confidence >= SURE_WORD and letters:
            lines.setdefault(tuple(cells[1:5]), []).append(word)
    text = "\n".join(" ".join(words) for words in lines.values())
    return _Seen(text, sum(map(len, lines.values())), weight, weight / max(total, 1))
