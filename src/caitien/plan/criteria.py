"""Which criteria a cell names: "2,3" under standard III is 3.2 and 3.3; the fourth level of 2018 is "M4.1"."""

from __future__ import annotations

import re

from caitien.plan.text import fold

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
MOST_STANDARDS = 8
MOST_CRITERIA = 30


def parse_standard(text: str | None) -> str | None:
    """ "Tiêu chuẩn 2: …", "II", "2.", "TC2" to "2"; "ĐG Mức 4" to "M4"; None when no standard is named."""
    words = fold(text)
    if re.search(r"\bmuc\s*(4|iv)\b|^m4\b", words):
        return "M4"
    found = re.match(
        r"\W*(?:tieu\s*chuan|t\.?\s*chuan|tch|tc)\W*(?:so\s*)?(viii|vii|vi|v|iv|iii|ii|i|\d{1,2})(?![\d.]\d|[a-z])",
        words,
    )
    found = found or re.match(r"\W*(viii|vii|vi|v|iv|iii|ii|i|\d{1,2})(?:\W*$|[.:)]\s+\D)", words)
    if not found:
        return None
    number = _number(found[1])
    return str(number) if 1 <= number <= MOST_STANDARDS else None


def parse_criteria(text: str | None, standard: str | None = None) -> list[str]:
    """The criteria of a cell, in order, once each. `standard` ("3", "M4") completes bare numbers."""
    words = fold(text)
    if not words:
        return []
    words = re.sub(r"[–—−]", "-", words)
    if fourth := _fourth_level(words, standard):
        return fourth
    found = _full_codes(words)
    if found or re.fullmatch(r"\W*(tieu\s*chi|tc)?\W*[09]\.\d{1,2}\W*", words):
        return found  # "9.9" is a code that no framework has, never 2.9 because standard 2 stands beside it
    named = re.search(r"\btieu\s*chuan\s*(viii|vii|vi|v|iv|iii|ii|i|\d)\b", words)
    under = str(_number(named[1])) if named else standard
    rest = words[: named.start()] + words[named.end() :] if named else words
    rest = re.sub(r"\b(tieu\s*chi|t\.?\s*chi|tchi|tc)\b\.?\s*(so\s*)?", " ", rest)
    numbers = re.match(
        r"[\s:;,.-]*(\d{1,2}(?:\s*(?:[,;&+/\n-]|va|den)\s*\d{1,2})*)(?![\d%])(?=\s*(?:$|[:.;,)(-]|\s[a-z]))", rest
    )
    only = re.fullmatch(r"[\s:;,.-]*\d{1,2}(?:\s*(?:[,;&+/\n. -]|va|den)+\s*\d{1,2})*[\s.;,]*", rest)
    if under is None:
        pair = re.fullmatch(r"\s*(\d)\s*,\s*(\d{1,2})\s*", rest)  # "1,2" with no standard beside it is 1.2
        return _known([f"{pair[1]}.{int(pair[2])}"]) if pair else []
    labelled = rest != words or only
    if only:
        numbers = re.match(r"(.*)", re.sub(r"(?<=\d)\s+(?=\d)", ",", rest), re.DOTALL)
    if not numbers or not labelled:
        return []
    return _known([f"{under}.{n}" for n in _expand(numbers[1])])


def _fourth_level(words: str, standard: str | None) -> list[str]:
    """Items of level 4 in the 2018 frameworks (khoản 1 to 6 of the article on level 4)."""
    found = re.findall(r"\b(?:m|muc)\s*4\s*[.:-]\s*(?:khoan\s*|tieu\s*chi\s*)?(\d{1,2})\b", words)
    if not found and standard == "M4":
        rest = re.sub(r"\b(khoan|tieu\s*chi|tc)\b|dieu\s*\d+", " ", words)
        if numbers := re.match(r"[\s.:]*(\d{1,2}(?:\s*(?:[,;&+-]|va)\s*\d{1,2})*)\b", rest):
            found = [str(n) for n in _expand(numbers[1])]
    return list(dict.fromkeys(f"M4.{int(n)}" for n in found if 1 <= int(n) <= MOST_CRITERIA))


_CODE = r"(viii|vii|vi|iv|v|iii|ii|i|\d)\s?\.\s?(\d{1,2})(?!\d|\.\d{3})"


def _full_codes(words: str) -> list[str]:
    """ "1.2", "I.2", "TC 2.1; 2.3", "1.1-1.3", and the bare numbers that follow a full code: "2.1, 3" is 2.1 and 2.3."""
    codes: list[str] = []
    end = 0
    for match in re.finditer(rf"(?<![\w.]){_CODE}", re.sub(r"\b(tieu\s*chi|tc|t\.?chi)(?=[\d])", r"\1 ", words)):
        source = match.string
        code = (_number(match[1]), int(match[2]))
        between = source[end : match.start()]
        if codes and re.fullmatch(r"\s*(-|den)\s*(?:tieu\s*chi|tc)?\s*", between):
            first, last = codes[-1].split(".")
            if first == str(code[0]) and int(last) < code[1]:
                codes += [f"{first}.{n}" for n in range(int(last) + 1, code[1])]
        codes.append(f"{code[0]}.{code[1]}")
        end = match.end()
        follow = re.match(r"((?:\s*[,;]\s*\d{1,2}(?![\d.%/]|\s?[a-z]))+)", source[end:])
        if follow and re.fullmatch(r"\s*", re.sub(_CODE, "", source[end + follow.end() :])[:1]):
            codes += [f"{code[0]}.{int(n)}" for n in re.findall(r"\d+", follow[1])]
    return _known(codes)


def _expand(numbers: str) -> list[int]:
    """ "2,3" to 2 and 3; "1-3" to 1, 2 and 3."""
    out: list[int] = []
    for piece in re.split(r"[,;&+/\n]|\bva\b", numbers):
        ends = [int(n) for n in re.findall(r"\d+", piece)]
        if len(ends) == 2 and ends[0] < ends[1] <= MOST_CRITERIA:
            out += range(ends[0], ends[1] + 1)
        else:
            out += ends
    return out


def _known(codes: list[str]) -> list[str]:
    kept = [c for c in codes if _possible(c)]
    return list(dict.fromkeys(kept))


def _possible(code: str) -> bool:
    standard, _, number = code.partition(".")
    in_range = standard == "M4" or (standard.isdecimal() and 1 <= int(standard) <= MOST_STANDARDS)
    return in_range and number.isdecimal() and 1 <= int(number) <= MOST_CRITERIA


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _ROMAN.get(text, 0)
