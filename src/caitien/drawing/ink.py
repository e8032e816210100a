"""What bars are drawn with: colour, and a texture or a line of its own, so that a black-and-white copy can be read too."""

from __future__ import annotations

from dataclasses import dataclass

PAPER = "#ffffff"
TEXT = "#1c2a31"
SOFT_TEXT = "#4c5b64"
BASE = "#5b6b75"
GRID = "#d9dfe2"
SOFT = "#e8f1f1"


@dataclass(frozen=True, slots=True)
class Ink:
    """`fill`: of the bar; `words`: colour of a number upon it; `line`: its outline, `dashes` when broken."""

    fill: str
    words: str = PAPER
    texture: str = ""
    line: str = ""
    dashes: str = ""


INKS = {
    # the statuses of an action
    "done": Ink("#176b45"),
    "in_progress": Ink("#2b63a6", texture="stripes"),
    "overdue": Ink("#b3271e", texture="dots"),
    "not_started": Ink("#d3dade", words=TEXT, line="#6b7a83"),
    "dropped": Ink(PAPER, words=TEXT, line="#6b7a83"),
    "unsaid": Ink(PAPER, words=TEXT, line="#6b7a83", dashes="3 2"),
    # money
    "planned": Ink("#b7d4d6", words=TEXT, line="#3b7f86"),
    "spent": Ink("#0f5f68"),
    # months
    "load": Ink("#b7d4d6", words=TEXT, line="#3b7f86"),
    "due": Ink("#0f5f68"),
}
