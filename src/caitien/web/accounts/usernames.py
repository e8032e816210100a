"""A user name proposed from a person's name: no diacritics, no spaces, not taken yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

from caitien.plan.text import fold

LONGEST = 40


def proposed(full_name: str, is_taken: Callable[[str], bool]) -> str:
    """ "Lò Thị Mẩy" is "lothimay", or "lothimay2" when that is taken. "" when the name has no letter of the alphabet."""
    bare = re.sub(r"[^a-z0-9]", "", fold(full_name))[:LONGEST]
    if not re.search(r"[a-z]", bare):
        return ""
    return next(name for n in count(1) if not is_taken(name := bare if n == 1 else f"{bare}{n}"))
