"""A cell to the items of its list: what begins an item, and which line breaks are the author's."""

from __future__ import annotations

import re

from caitien.plan.text import lines_of, one_space

_BULLET = re.compile(
    r"^(?:[-–—−+•*▪■●○◦◆♦✓✔➢➤→·\uf0b7\uf0a7\uf02d]+\s*(?=\S)|\(?(?:\d{1,2}|[a-zđ])[.)](?:\s+|(?=[^\W\d_])))"
)
_INLINE = re.compile(r"\s*[•▪■●◦◆✓✔➢➤\uf0b7\uf0a7]\s*|(?<=[;.])\s+[-–+]\s*(?=[^\W\d_a-zà-ỹđ])")
_LIKE_CRITERION = re.compile(r"^\d{1,2}\.\d")


def split_items(text: str | None, *, wrapped: bool = False) -> list[str]:
    """The items of a cell, as printed, without their bullets and numbers.

    `wrapped`: line breaks are those of the page (PDF): only a bullet, or a line break that the page did not need, begins
    an item. Else the breaks are the author's: each line is an item, but one that begins in lower case goes on.
    """
    if wrapped and text and "\u2029" in text:  # a break that the reader of the page knows to be the author's
        return [item for part in text.split("\u2029") for item in split_items(part, wrapped=True)]
    lines = lines_of(text)
    width = max((len(line) for line in lines), default=0)
    groups: list[list[str]] = []
    for i, line in enumerate(lines):
        new = not groups or starts_item(line)
        if not new:
            before = lines[i - 1]
            new = _author_break(before, line, width) if wrapped else _own_item(before, line)
        if new:
            groups.append([_without_bullet(line)])
        else:
            groups[-1].append(line)
    items = (join_lines(group) for group in groups)
    return [piece for item in items for piece in (one_space(p) for p in _INLINE.split(item)) if re.search(r"\w", piece)]


def starts_item(line: str) -> bool:
    """Whether a line begins with a bullet or a number of a list: "- ", "+", "•", "a)", "1."; not "1.2" and not "-5"."""
    return bool(_BULLET.match(line)) and not _LIKE_CRITERION.match(line) and not re.match(r"^[-–+]\s?\d", line)


def join_lines(lines: list[str]) -> str:
    """Lines that the page broke, as one text: one space between, none after a hyphen or slash within a word ("2023-" "2024")."""
    text = ""
    for line in lines:
        if text and not re.search(r"[\w.][-/]$", text):
            text += " "
        text += line
    return one_space(text)


def _own_item(before: str, line: str) -> bool:
    return not line[:1].islower() and not before.endswith((",", "(", "-", "/")) and line[:1] not in ")].,;"


def _author_break(before: str, line: str, width: int) -> bool:
    """The sentence had ended, and the next word would have had room on the line: the author broke it."""
    room = width - len(before) - 1 - len(line.split()[0])
    return before.endswith((".", ";")) and line[:1].isupper() and room >= 3


def _without_bullet(line: str) -> str:
    return _BULLET.sub("", line, count=1) if starts_item(line) else line
