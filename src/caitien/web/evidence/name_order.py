"""A name as digits: sorted as plain text they stand as a Vietnamese dictionary would have the names."""

from __future__ import annotations

from caitien.plan.text import sort_key

LETTERS = 80
"""Letters of a name that are looked at: two digits each, and one digit a tone, fit into 200."""
_END, _SPACE, _MARK, _DIGIT, _LETTER, _OTHER = "00", "01", "02", 10, 20, "99"


def name_order(name: str | None) -> str:
    """Digits only, so that no collation of a database sorts them otherwise. Letters first, tones only break ties.

    Spaces come before signs, signs before digits, digits before a ă â b c d đ …, other alphabets last.
    """
    letters, tones = sort_key((name or "")[: 3 * LETTERS])
    coded = "".join(_code(kind, place) for kind, place in letters[:LETTERS])
    return f"{coded}{_END}{''.join(str(tone) for tone in tones[: 200 - len(coded) - 2])}"


def _code(kind: int, place: int) -> str:
    if kind == 1:
        return str(_LETTER + place)
    letter = chr(place)
    if kind == 0 and letter.isdigit():
        return str(_DIGIT + int(letter))
    return _SPACE if letter == " " else _MARK if kind == 0 else _OTHER
