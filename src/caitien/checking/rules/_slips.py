"""Find the slips in one text: known ones, a compound missed by a letter or a tone, impossible syllables, mixed case.

What is doubtful is left alone: a false alarm costs more than a slip that stands. Names (capital letters), codes,
abbreviations and foreign words are not judged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from caitien.checking.rules._syllables import is_syllable, lost_its_marks, plain
from caitien.checking.rules._typo_words import near, sound, words


class Slip(NamedTuple):
    """Where it stands in the text, and what it should be; None when that is not sure."""

    start: int
    end: int
    right: str | None


class _Word(NamedTuple):
    text: str
    low: str
    start: int
    end: int
    joined: bool  # only blanks stand between it and the word before


_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[\d@\\_=#<>{}+&]|://|www|\w\.\w")
_LETTERS = frozenset("abcdeghiklmnopqrstuvxy")  # f, j, w, z stand in foreign words only
_VOWEL = re.compile(r"[aeiouy]")
_SHORTEST_WITHOUT_MARKS = 4  # "hoc" alone may be English or a code; "luong" is not


def slips(text: str) -> list[Slip]:
    """The slips of a text (NFC), in their order, none over another."""
    said = _WORD.findall(text)
    if not any(map(_doubtful, ["", *said], said)):
        return []
    tokens = _words(text)
    found: list[Slip] = []
    i = 0
    while i < len(tokens):
        step = _known(tokens, i)
        if step is None and tokens[i].joined and i:
            step = _compound(tokens, i)
        if step is not None:
            slip, taken = step
            found = [s for s in found if s.end <= slip.start]
            found.append(slip)
            i += taken
            continue
        alone = _mixed_case(tokens[i]) or _impossible(tokens[i], text)
        if alone is not None:
            found.append(alone)
        i += 1
    return found


@lru_cache(maxsize=100_000)
def _doubtful(before: str, word: str) -> bool:
    """Whether a word behind another may be a slip, whatever else stands round: most texts are done with this."""
    known, low = words(), word.lower()
    if (before.lower(), low) in known.starts or ("", low) in known.starts or _meant(before.lower(), low) is not None:
        return True
    if not word.islower():
        return not (word.isupper() or word[1:].islower())
    return len(word) > 1 and not is_syllable(word) and word not in known.foreign


def _words(text: str) -> list[_Word]:
    out: list[_Word] = []
    before = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        joined = bool(out) and text[before:start].isspace()
        out.append(_Word(match[0], match[0].lower(), start, end, joined))
        before = end
    return out


def _known(tokens: list[_Word], i: int) -> tuple[Slip, int] | None:
    """A slip of the list, and how many words it takes."""
    for wrong, right, not_beside in words().slips.get(tokens[i].low, ()):
        n = len(wrong)
        run = tokens[i : i + n]
        if tuple(w.low for w in run) != wrong or not all(w.joined for w in run[1:]):
            continue
        before = tokens[i - 1].low if i and tokens[i].joined else None
        behind = tokens[i + n].low if i + n < len(tokens) and tokens[i + n].joined else None
        if before in not_beside or behind in not_beside or _is_name(run, right, first=not i):
            continue
        return Slip(run[0].start, run[-1].end, _as_written(run, right)), n
    return None


def _is_name(run: list[_Word], right: str, *, first: bool) -> bool:
    """Whether a wrong word is written as a name is: "Trần Khắc Phúc" is no slip of "khắc phục"."""
    parts = right.split()
    wrong = [j for j, w in enumerate(run) if len(parts) != len(run) or w.low != parts[j]]
    return any(run[j].text.istitle() and (j > 0 or (len(run) == 1 and not first)) for j in wrong)


def _as_written(run: list[_Word], right: str) -> str:
    """The right words with the capitals of the wrong ones."""
    parts = right.split()
    if len(parts) != len(run):
        return parts[0].capitalize() + right[len(parts[0]) :] if run[0].text[0].isupper() else right
    return " ".join(w.text if w.low == part else _cased(w.text, part) for w, part in zip(run, parts, strict=True))


def _cased(like: str, word: str) -> str:
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if like[0].isupper() else word


def _compound(tokens: list[_Word], i: int) -> tuple[Slip, int] | None:
    """A compound that the words i-1 and i miss by one slip, where neither belongs to a word on its other side."""
    one, two = tokens[i - 1], tokens[i]
    meant = _meant(one.low, two.low)
    if meant is None:
        return None
    if two.text[0].isupper() and not (one.text.isupper() and two.text.isupper()):  # a name, an abbreviation
        return None
    if one.text.isupper() != two.text.isupper():
        return None
    known = words().known
    if i >= 2 and one.joined and (sound(tokens[i - 2].low), sound(one.low)) in known:
        return None
    if i + 1 < len(tokens) and tokens[i + 1].joined and (sound(two.low), sound(tokens[i + 1].low)) in known:
        return None
    return Slip(one.start, two.end, _as_written([one, two], meant)), 1


@lru_cache(maxsize=50_000)
def _meant(first: str, second: str) -> str | None:
    """The one compound that two words miss by one slip in one of them; None when they are right or it is not sure."""
    if len(first) < 2 or len(second) < 2:
        return None
    known = words()
    a, b = sound(first), sound(second)
    if (a, b) in known.known or first in known.foreign or second in known.foreign:
        return None
    found: set[str] = set()
    if second not in known.free:
        found |= {f"{first} {other}" for other in known.seconds.get(a, ()) if near(second, other)}
    if first not in known.free:
        found |= {f"{other} {second}" for other in known.firsts.get(b, ()) if near(first, other)}
    return found.pop() if len(found) == 1 else None


def _impossible(word: _Word, text: str) -> Slip | None:
    """A word in small letters that is no syllable."""
    low = word.text
    if not low.islower() or len(low) < 2 or is_syllable(low) or low in words().foreign:
        return None
    chunk = _chunk(text, word)
    if not _VOWEL.search(plain(low)) or not _LETTERS.issuperset(plain(low)) or _CODE.search(chunk) or "-" in chunk:
        return None
    if low.replace("đ", "d").isascii():
        sure = len(low) >= _SHORTEST_WITHOUT_MARKS and lost_its_marks(low) and _has_marks(text)
        return Slip(word.start, word.end, None) if sure else None
    right = _horned(low) or _split(low)
    if right is None and (_is_run_together(low) or _is_shortened(low)):
        return None
    return Slip(word.start, word.end, right)


def _horned(word: str) -> str | None:
    """ "truờng", "trưòng" are "trường": one of the two horns was not typed."""
    letters = unicodedata.normalize("NFD", word)
    whole = re.sub("u(?=[\u0300\u0301\u0303\u0309\u0323]?o\u031b)", "u\u031b", letters)
    whole = re.sub("(?<=u\u031b)o(?!\u031b)", "o\u031b", whole)
    right = unicodedata.normalize("NFC", whole)
    known = words()
    return right if right != word and (right in known.syllables or right in known.free) else None


def _split(word: str) -> str | None:
    """ "giáodục" is "giáo dục", when there is one way to cut it and the two are known to stand together."""
    known = words().known
    ways = [f"{word[:k]} {word[k:]}" for k in range(2, len(word) - 1) if (sound(word[:k]), sound(word[k:])) in known]
    return ways[0] if len(ways) == 1 else None


def _is_run_together(word: str) -> bool:
    """Whether a word is two syllables or more without blanks: a foreign word ("tôpô"), or blanks that a file lost."""
    return any(
        is_syllable(word[:k]) and (is_syllable(word[k:]) or _is_run_together(word[k:])) for k in range(2, len(word) - 1)
    )


def _is_shortened(word: str) -> bool:
    """Whether a word is a syllable behind a letter that stands for another: "gviên", "hsinh"."""
    return word[0] not in "aeiouy" and not is_syllable(word) and word[1] not in "aeiouy" and is_syllable(word[1:])


def _mixed_case(word: _Word) -> Slip | None:
    """ "TRần", "HĐt": Shift held too long, or let go too early."""
    text = word.text
    if text.islower() or text.isupper() or text[1:].islower():
        return None
    if not text[0].isupper():
        odd = len(text) > 2 and not text.isascii() and is_syllable(word.low)
        return Slip(word.start, word.end, word.low) if odd else None
    known = words()
    if text[2:].islower() and len(text) >= 4 and (word.low in known.syllables or word.low in known.names):
        return Slip(word.start, word.end, word.low.capitalize())
    if text.upper() in known.capitals and text not in known.capitals:
        return Slip(word.start, word.end, text.upper())
    return None


def _chunk(text: str, word: _Word) -> str:
    """What stands round a word up to the blanks."""
    start, end = word.start, word.end
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].rstrip(".,;:")


def _has_marks(text: str) -> bool:
    """Whether a text is written with marks at all: a name of a file and a line of English are not."""
    letters = [w for w in text.split() if w.isalpha()]
    return sum(not w.isascii() for w in letters) * 3 >= len(letters)


def around(text: str, slip: Slip, most: int = 2) -> str:
    """The slip with a little of what stands round it."""
    before = text[: slip.start].split()[-most:] if slip.start else []
    after = text[slip.end :].split()[:most]
    return " ".join([*before, text[slip.start : slip.end], *after])


def mended(text: str, found: list[Slip]) -> str:
    """The text with those slips mended that are sure."""
    for slip in reversed(found):
        if slip.right is not None:
            text = text[: slip.start] + slip.right + text[slip.end :]
    return text


def sure(found: list[Slip]) -> Iterator[Slip]:
    """The slips of which it is known what they should be."""
    return (slip for slip in found if slip.right is not None)
