"""Who does it: the words of a cell of people to names and posts, as printed."""

from __future__ import annotations

import re
from itertools import pairwise

from caitien.plan.lists import join_lines, starts_item
from caitien.plan.text import fold, lines_of, one_space

_WITH = re.compile(
    r"(?:\b(?:đơn vị|người|cá nhân|bộ phận|lực lượng)\s+)?\bphối\s+hợp(?:\s+(?:thực hiện|với|cùng))*\s*:\s*|\bPH\s*:\s*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(?:đơn vị\s+|người\s+)?(?:chủ\s+trì|phụ\s+trách(?:\s+chính)?|thực\s+hiện|chịu\s+trách\s+nhiệm(?:\s+chính)?|chính)\s*:\s*",
    re.IGNORECASE,
)
_BRACKET_WITH = re.compile(r"\(\s*phối\s+hợp(?:\s+(?:với|cùng|thực hiện))*\s*:?\s*([^()]*)\)", re.IGNORECASE)
_HELPS = re.compile(r"\s*\(\s*(?:phối\s+hợp|PH)(?:\s+thực hiện)?\s*\)$", re.IGNORECASE)  # "Công đoàn (phối hợp)"
_NOBODY = re.compile(r"(khong|chua (xac dinh|phan cong|co)|nt|-+|n/a)?\W*")


def split_people(text: str | None, *, wrapped: bool = False) -> list[str]:
    """The people of a cell: split at ";", "," and bullets, never inside brackets; a role in brackets stays by its name.

    `wrapped`: line breaks are those of the page, so that a name may be broken over lines; else a line is a person.
    """
    lead, others = split_roles(text, wrapped=wrapped)
    return lead + others


def split_roles(text: str | None, *, wrapped: bool = False) -> tuple[list[str], list[str]]:
    """Those responsible and those who help: what follows "Phối hợp:" in the same cell helps."""
    plain = _flat(text, wrapped=wrapped)
    helpers = [m[1] for m in _BRACKET_WITH.finditer(plain) if re.search(r"\w", m[1])]
    plain = _BRACKET_WITH.sub(lambda m: "" if re.search(r"\w", m[1]) else m[0], plain)
    lead: list[str] = []
    others: list[str] = []
    target = lead
    place = 0
    for mark in sorted([*_WITH.finditer(plain), *_LEAD.finditer(plain)], key=lambda m: m.start()):
        if mark.start() < place:
            continue
        target += _split(plain[place : mark.start()])
        target = others if _WITH.match(mark[0]) else lead
        place = mark.end()
    target += _split(plain[place:])
    for words in helpers:
        others += _split(words)
    helping = [person for person in lead if _HELPS.search(person)]
    return [p for p in lead if not _HELPS.search(p)], others + [_HELPS.sub("", person).strip() for person in helping]


def _flat(text: str | None, *, wrapped: bool) -> str:
    """One line, with ";" where a line begins a new person."""
    lines = lines_of(text)
    if not lines:
        return ""
    pieces: list[list[str]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if starts_item(line) or (_new_person(before, line, lines) if wrapped else _own_line(before, line)):
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return "; ".join(re.sub(r"^[-–—+•*▪●]\s*", "", join_lines(piece)).rstrip(" ;") for piece in pieces)


_CUT = re.compile(r"[,(/&–—-]$|\b(và|với|của|các|phó|tổ|ban|thị|văn)$", re.IGNORECASE)


def _own_line(before: str, line: str) -> bool:
    """In a cell whose line breaks are the author's, a line is a person unless it goes on from the one before."""
    return not _CUT.search(before) and not line[:1].islower() and line.count(")") <= line.count("(")


def _new_person(before: str, line: str, lines: list[str]) -> bool:
    """In a cell that the page has wrapped, only lines that are each a full name of a person stand alone."""
    if any(mark in "\n".join(lines) for mark in ",;") or _CUT.search(before):
        return False
    return all(_is_full_name(each) for each in lines)


def _is_full_name(line: str) -> bool:
    words = line.split()
    return 3 <= len(words) <= 5 and all(w[:1].isupper() and w[1:].islower() for w in words)


def _split(text: str) -> list[str]:
    people, depth, start = [], 0, 0
    for i, character in enumerate(text):
        depth = max(0, depth + (character in "([") - (character in ")]"))
        if character in ",;\n" and depth == 0:
            people.append(text[start:i])
            start = i + 1
    people.append(text[start:])
    cleaned = (one_space(person).strip(" ;,") for person in people)
    cleaned = (re.sub(r"^(?:[-–—+•*▪●]|\d{1,2}[.)])\s*", "", person) for person in cleaned)
    return [person for person in cleaned if person and not _NOBODY.fullmatch(fold(person))]
