"""Chữ viết tắt: the abbreviations in the texts of a self-assessment, each with what it stands for, as far as that is known.

What the school itself has said comes first; then a definition in the texts ("Cán bộ quản lý (CBQL)"); then the usual
meaning (`abbreviations.yaml`). What nobody knows is listed with an empty meaning, to be filled in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from caitien.assessment.model import SelfAssessment, Weakness
from caitien.plan.text import fold, one_space, sort_key

Origin = Literal["school", "text", "usual", "unknown"]

_CAPITALS = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
_WORD = re.compile(rf"(?<![\w&.-])[{_CAPITALS}]{{2,}}(?:[-–&][{_CAPITALS}]{{2,}})*(?![^\W\d_])")
_NO_WORDS = re.compile(
    r"https?://\S+|www\.\S+|(?<!\S)[^\s@]++@\S+"  # addresses
    r"|\[?\bH\d+-\d+(?:\.\d+)*-\d+\]?|\bMC[.\d]*\d"  # codes of evidence, also ones that are wrong
    rf"|(?<!\d)\d++[A-Za-z]?(?:/\d{{4}})?/[{_CAPITALS}][\w{_CAPITALS}&-]*"  # numbers of documents: 12/KH-THCS
)
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_SHORT = rf"[{_CAPITALS}]{{2,}}(?:[-–&][{_CAPITALS}]{{2,}})*"
_SAID = r"(?:(?:sau đây )?(?:được )?(?:viết tắt|gọi tắt)(?: là)?\s*:?\s*)?[\"“]?"
_LONG_FIRST = re.compile(rf"\(\s*{_SAID}({_SHORT})[\"”]?\s*\)", re.IGNORECASE)
_SHORT_FIRST = re.compile(rf"(?<![\w&.-])({_SHORT})\s*\(\s*([^()\n]{{3,120}}?)\s*\)")
_SYLLABLE = re.compile(
    r"(?:b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?[aeiouy]{1,3}(?:ch|c|m|ng|nh|n|p|t)?"
)
_SMALL_WORDS = frozenset(("và", "của", "về", "cho", "các", "với", "trong"))
MOST_WORDS = 14  # of a meaning that is looked for before a bracket


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """`meaning` is "" when nobody has said it; `proposals`: what it may stand for, when that is more than one thing.

    `count`: how often it stands in the texts (0: only the school's own list names it).
    """

    short: str
    meaning: str
    count: int
    origin: Origin
    proposals: tuple[str, ...] = ()


def abbreviations(assessment: SelfAssessment) -> tuple[Abbreviation, ...]:
    """The abbreviations of a self-assessment in Vietnamese order, those that only its own list names among them."""
    return found_in(texts(assessment), assessment.abbreviations)


def found_in(said: Iterable[str | None], own: Mapping[str, str] | None = None) -> tuple[Abbreviation, ...]:
    """The abbreviations in some texts. `own`: short form -> meaning as the school says it; "" is none said."""
    known = _known()
    own = {one_space(short): one_space(meaning) for short, meaning in (own or {}).items() if one_space(short)}
    lines = [words for text in said for line in (text or "").splitlines() if (words := one_space(line))]
    defined: dict[str, str] = {}
    for line in lines:
        for short, meaning in _definitions(line):
            defined.setdefault(short, meaning)
    sure = {*own, *defined, *known}
    literal = _literal(short for short in (*own, *known) if not _WORD.fullmatch(short))
    count: Counter[str] = Counter()
    for line in lines:
        count.update(_in_line(line, sure, literal))
    made = []
    for short in sorted({*count, *own}, key=lambda s: (sort_key(s), s)):
        usual = known.get(short, ())
        meaning, origin = _meaning(own.get(short, ""), defined.get(short, ""), usual)
        made.append(Abbreviation(short, meaning, count[short], origin, usual if len(usual) > 1 and not meaning else ()))
    return tuple(made)


def texts(assessment: SelfAssessment) -> Iterator[str | None]:
    """The texts of a self-assessment that its documents print, without codes, numbers and addresses."""
    view = assessment.overview
    yield from (view.scale, view.setting, view.advantages, view.difficulties, view.pupils)
    yield from (view.purpose, view.scope, view.period, view.governing_body, *view.process)
    for member in assessment.council.members:
        yield from (member.position, *member.tasks)
    for group in assessment.council.groups:
        yield from (group.name, *group.tasks)
    for standard in assessment.standards:
        yield from (standard.opening, *standard.strengths, *_weaknesses(standard.weaknesses))
        yield from (standard.trend, *standard.priorities, standard.conclusion)
    for criterion in assessment.criteria:
        yield from (level.description for level in criterion.levels)
        yield from (*criterion.strengths, *_weaknesses(criterion.weaknesses), criterion.improvement)
    end = assessment.conclusion
    yield from (end.summary, *end.to_department, *end.to_commune, *end.to_others)
    for evidence in assessment.evidence:
        yield from (evidence.name, evidence.issuer, evidence.note)


def _weaknesses(weaknesses: Iterable[Weakness]) -> Iterator[str | None]:
    for weakness in weaknesses:
        yield from (weakness.text, weakness.cause)


def _meaning(own: str, defined: str, usual: tuple[str, ...]) -> tuple[str, Origin]:
    if own:
        return own, "school"
    if defined:
        return defined, "text"
    return (usual[0], "usual") if len(usual) == 1 else ("", "unknown")


# --- which words


def _in_line(line: str, sure: set[str], literal: re.Pattern[str] | None) -> Iterator[str]:
    line = _NO_WORDS.sub(" ; ", line)
    if _shouted(line):
        return  # a heading in capitals
    if literal is not None:
        yield from literal.findall(line)
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(line)]
    for n, (word, start, end) in enumerate(found):
        beside = (n > 0 and line[found[n - 1][2] : start] == " ") or (
            n + 1 < len(found) and line[end : found[n + 1][1]] == " "
        )
        for one in _parts(word, sure):
            if one in sure or not (one in _never() or _ROMAN.fullmatch(one) or _spoken(one, beside=beside)):
                yield one


def _parts(word: str, sure: set[str]) -> Iterator[str]:
    """ "CB-GV-NV" is three abbreviations, "GD&ĐT" is one, and so is "KT-XH" where it is known."""
    whole = word.replace("–", "-")
    if whole in sure or not re.search("-", whole):
        yield whole
        return
    yield from whole.split("-")


def _shouted(line: str) -> bool:
    """Whether a line is a heading in capitals: three words or more, and none with a small letter."""
    words = re.findall(r"[^\W\d_]+", line)
    return len(words) >= 3 and all(word.isupper() for word in words)


def _spoken(word: str, *, beside: bool) -> bool:
    """Whether capitals are a word said aloud ("KHÔNG", "TRƯỜNG TIỂU HỌC"), not letters that stand for words.

    A syllable with marks on its vowel is one; without marks only beside another word in capitals ("BAN CHI UY").
    """
    flat = fold(word)
    if not _SYLLABLE.fullmatch(flat):
        return False
    return beside or word.lower().replace("đ", "d") != flat


def _literal(shorts: Iterable[str]) -> re.Pattern[str] | None:
    """Abbreviations that are not all capitals ("ThS"): found only where they are known."""
    words = [re.escape(short) for short in sorted(set(shorts), key=len, reverse=True)]
    return re.compile(rf"(?<![\w&.-])(?:{'|'.join(words)})(?![\w&-])") if words else None


# --- what they stand for


def _definitions(line: str) -> Iterator[tuple[str, str]]:
    for match in _LONG_FIRST.finditer(line):
        short = match.group(1)
        if re.fullmatch(_SHORT, short):
            words = re.findall(r"[^\W\d_]+|[,;.:()]", line[: match.start()])[-MOST_WORDS:]
            meaning = _ends_with(words, short)
            if meaning:
                yield short, _capital(meaning)
    for match in _SHORT_FIRST.finditer(line):
        short, meaning = match.groups()
        words = re.findall(r"[^\W\d_]+", meaning)
        if _ends_with(words, short) == " ".join(words):
            yield short, _capital(one_space(meaning))


def _ends_with(words: list[str], short: str) -> str | None:
    """The last words whose first letters are the abbreviation's, small words skipped: "cán bộ quản lý" of CBQL."""
    letters = [_initial(letter) for letter in short if letter.isalpha()]
    taken: list[str] = []
    for word in reversed(words):
        if not letters:
            break
        if word in ",;.:()":
            if word == "," and taken:
                taken.append(word)
                continue
            return None
        if _initial(word) == letters[-1]:
            letters.pop()
            taken.append(word)
        elif word.lower() in _SMALL_WORDS and taken:
            taken.append(word)
        else:
            return None
    if letters:
        return None
    return " ".join(reversed(taken)).replace(" ,", ",")


def _initial(word: str) -> str:
    """The letter that stands for a word: without tone, "đ" is itself and "ủy" is "u"."""
    first = word[0].lower()
    return first if first == "đ" else fold(first)


def _capital(meaning: str) -> str:
    return meaning[:1].upper() + meaning[1:]


@cache
def _known() -> dict[str, tuple[str, ...]]:
    return {short: tuple(meanings) for short, meanings in _file()["known"].items()}


@cache
def _never() -> frozenset[str]:
    return frozenset(_file()["never"])


@cache
def _file() -> dict[str, Any]:
    content = files("caitien.assessment").joinpath("abbreviations.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(content)
    return loaded
