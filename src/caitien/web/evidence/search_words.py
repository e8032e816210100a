"""Words as the full-text index holds them: without diacritics, each with its school in front. Knows no database.

A word of a school is "k3f9hoi": its school's token, then the word. So the index of one school is a part of its own in the
same tree: a search never reads what is another school's, however many schools there are.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
    said: tuple[str, ...] = field(default=(), compare=False)  # the words as they were typed, in small letters


class _Letters(dict[int, int]):
    """Letter by letter, so that a place in the changed text is the same place in the text."""

    def __init__(self, change: Callable[[str], str]) -> None:
        self.change = change

    def __missing__(self, code: int) -> int:
        self[code] = found = ord(self.change(chr(code)))
        return found


def _small(letter: str) -> str:
    return letter.lower()[:1] or letter


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", _small(letter))[0]
    return "d" if base == "đ" else base


_SMALL, _FOLDING = _Letters(_small), _Letters(_bare)


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
        typed = bare if bare is not None else quoted
        words = tuple(words_of(typed))[:MOST_WORDS]
        if words:
            ends_here = bare is not None and match.end() == len(query)
            said = tuple(_WORD.findall(typed.translate(_SMALL)))[:MOST_WORDS]
            terms.append(Term(words, ends_here and _may_begin(words[-1]), said))
    return terms[:MOST_WORDS]


_QUOTES = str.maketrans("“”„«»", '"' * 5)


def _may_begin(word: str) -> bool:
    return len(word) >= (SHORTEST_NUMBER if word.isdigit() else SHORTEST_BEGINNING)


def token_of(school: UUID) -> str:
    """What stands in front of a school's words: 4 letters of the random end of its key.

    Two schools in a million share theirs: that costs a little time, and nothing else, since rows are asked for by school.
    """
    return base64.b32encode(school.bytes[-5:]).decode("ascii").lower()[-4:]


class Finder:
    """Where the words of a query stand in a text: with the diacritics that were typed, where they stand so; else without."""

    def __init__(self, query: str) -> None:
        terms = terms_of(query)
        self._typed = [
            _pattern(term.said, term.open) if term.said and term.said != term.words else None for term in terms
        ]
        self._bare = [_pattern(term.words, term.open) for term in terms]

    def __bool__(self) -> bool:
        return bool(self._bare)

    def spots(self, text: str) -> list[tuple[int, int]]:
        """Where each word or phrase begins and ends, in order, none over another. `text` in NFC."""
        found = [span for spans in self._by_term(text) for span in spans]
        made: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if not made or start >= made[-1][1]:
                made.append((start, end))
        return made

    def has_all(self, text: str, *, as_typed: bool = False) -> bool:
        """Whether all that is asked for stands in the text. `as_typed`: with its diacritics."""
        if as_typed:
            small = text.translate(_SMALL)
            bare = [one.search(small) for one in self._typed if one]
            return all(bare) and all(one.search(folded(text)) for one in self._bare)
        return all(one.search(folded(text)) for one in self._bare)

    def _by_term(self, text: str) -> Iterator[list[tuple[int, int]]]:
        bare, small = folded(text), text.translate(_SMALL) if any(self._typed) else ""
        for typed, plain in zip(self._typed, self._bare, strict=True):
            found = [match.span() for match in typed.finditer(small)] if typed else []
            yield found or [match.span() for match in plain.finditer(bare)]


def _pattern(words: tuple[str, ...], is_open: bool) -> re.Pattern[str]:
    end = "" if is_open else r"(?![^\W_])"
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words)) + end)
