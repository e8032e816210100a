"""Which letters can be one Vietnamese syllable: an onset, a rime, a tone that the rime can carry.

The rules are those of the written language (chính tả): c, g, ng before e, ê, i are written k, gh, ngh; a rime that ends in
c, ch, p, t takes only sắc or nặng. Where the tone mark stands (thúy, thuý) and i or y (kĩ, kỹ) are not judged.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}

_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet ooc oong
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    """.split()  # noqa: SIM905 - a table is read in rows
)
_AFTER_QU = frozenset(
    """
    a ach ai an ang anh ao au ay ac at ăc ăm ăn ăng ăp ăt ân âng ât ây âu e ech en eo et ê êch ên ênh êt
    i ich in inh it y ych ynh yt yên yêt ya yu ôc ơ ơi
    """.split()  # noqa: SIM905 - a table is read in rows
)
_AFTER_GI = frozenset(r for r in _RIMES if r[0] not in "iy") | {""}
_ONSETS = ("ngh", "ng", "nh", "ch", "gh", "kh", "ph", "th", "tr", *"bcdđghklmnprstvx")
_FRONT = "eêiy"


@lru_cache(maxsize=20_000)
def toneless(word: str) -> tuple[str, str]:
    """The letters without the tone, and the tone: "trường" is ("trương", "f"); two tones are "?"."""
    tone, letters = "", []
    for letter in word:
        if letter.isascii():
            letters.append(letter)
            continue
        parts = unicodedata.normalize("NFD", letter)
        marks = [_TONES[p] for p in parts if p in _TONES]
        tone = "?" if tone and marks else tone + "".join(marks)
        letters.append(unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES)))
    return "".join(letters), tone


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word in small letters (NFC) can be a Vietnamese syllable."""
    letters, tone = toneless(word)
    if tone == "?":
        return False
    return any(_carries(rime, tone) for rime in _rimes(letters))


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """The word without any mark: "trường" is "truong"."""
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(p for p in letters if not unicodedata.combining(p))


def lost_its_marks(word: str) -> bool:
    """Whether a word without marks is no syllable, and would be one with some: "hoc", "luong"."""
    return word.isascii() and not is_syllable(word) and plain(word) in _plain_syllables()


@lru_cache(maxsize=1)
def _plain_syllables() -> frozenset[str]:
    rimes = {plain(r) for r in _RIMES}
    onsets = ["", *{plain(o) for o in _ONSETS}]
    whole = {o + r for o in onsets for r in rimes}
    whole |= {"qu" + plain(r) for r in _AFTER_QU} | {"gi" + plain(r) for r in _AFTER_GI}
    return frozenset(whole)


def _rimes(letters: str) -> list[str]:
    """What may be read as the rime: none when the letters are no syllable."""
    found = []
    if letters in _RIMES:
        found.append(letters)
    if letters.startswith("qu") and letters[2:] in _AFTER_QU:
        found.append(letters[2:])
    if letters.startswith("gi") and letters[2:] in _AFTER_GI:
        found.append(letters[2:])
    for onset in _ONSETS:
        rime = letters[len(onset) :]
        if letters.startswith(onset) and rime in _RIMES and _fits(onset, rime):
            found.append(rime)
    return found


def _fits(onset: str, rime: str) -> bool:
    front = rime[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "ng"):
        return not front
    if onset == "g":
        return rime[0] not in "eêy"
    return not rime.startswith("yê")


def _carries(rime: str, tone: str) -> bool:
    return not rime.endswith(("c", "ch", "p", "t")) or tone in ("s", "j")
