"""Words as the full-text index holds them: without diacritics, each with its school in front. Knows no database.

A word of a school is "k3f9hoi": its school's token, then the word. So the index of one school is a part of its own in the
same tree: a search never reads what is another school's, however many schools there are.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

LONGEST_WORD = 40
MOST_WORDS = 12  # of a query; more are passed over
LONGEST_QUERY = 200
SHORTEST_BEGINNING = 2  # letters from which the last word of a query may be the beginning of a word
SHORTEST_NUMBER = 3  # the same of digits: "1.3.05" is a code, not the beginning of "1.3.050"
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r'"([^"]*)"?|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other. `open`: the last one may be the beginning of a word."""

    words: tuple[str, ...]
    open: bool = False


class _Folding(dict[int, int]):
    """Letter by letter, so that a place in the folded text is the same place in the text."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        lower = letter.lower()[:1] or letter
        base = unicodedata.normalize("NFD", lower)[0]
        self[code] = found = ord("d" if base == "đ" else base)
        return found


_FOLDING = _Folding()


def folded(text: str) -> str:
    """The text (NFC) without diacritics in small letters, each letter at its place: as long as the text."""
    return text.translate(_FOLDING)


def words_of(text: str) -> list[str]:
    """The words of a text as they are indexed: "Kế hoạch số 74/KH-THCS" is ke, hoach, so, 74, kh, thcs."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(unicodedata.normalize("NFC", text)))]


def places_of(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text in NFC with where each begins and ends."""
    for match in _WORD.finditer(folded(text)):
        yield match[0][:LONGEST_WORD], match.start(), match.end()


def code_words(code: str) -> list[str]:
    """The words of a code, and once more without zeros in front, so that "1.3.5" finds MC.1.3.05."""
    words = words_of(code)
    plain = [word.lstrip("0") or "0" if word.isdigit() else word for word in words]
    return words if plain == words else [*words, *plain]


def terms_of(query: str) -> list[Term]:
    """What is asked for, whatever was typed: words, "phrases in quotes", codes and numbers whole. [] when nothing is.

    The last word may be a beginning, as long as it is being typed. No sign has a meaning but the quote.
    """
    query = unicodedata.normalize("NFC", query)[:LONGEST_QUERY]
    terms: list[Term] = []
    for match in _GAP.finditer(query.translate(_QUOTES)):
        quoted, bare = match.groups()
        words = tuple(words_of(bare if bare is not None else quoted))
        if words:
            ends_here = bare is not None and match.end() == len(query)
            terms.append(Term(words[:MOST_WORDS], ends_here and _may_begin(words[-1])))
    return terms[:MOST_WORDS]


_QUOTES = str.maketrans("“”„«»", '"' * 5)


def _may_begin(word: str) -> bool:
    return len(word) >= (SHORTEST_NUMBER if word.isdigit() else SHORTEST_BEGINNING)


def token_of(school: UUID) -> str:
    """What stands in front of a school's words: 4 letters of the random end of its key.

    Two schools in a million share theirs: that costs a little time, and nothing else, since rows are asked for by school.
    """
    return base64.b32encode(school.bytes[-5:]).decode("ascii").lower()[-4:]


def pattern_of(terms: list[Term]) -> re.Pattern[str] | None:
    """What to mark in a folded text; None when nothing is asked for."""
    one = [r"[\W_]+".join(map(re.escape, term.words)) + ("" if term.open else r"(?![^\W_])") for term in terms]
    return re.compile(r"(?<![^\W_])(?:" + "|".join(sorted(one, key=len, reverse=True)) + ")") if one else None
