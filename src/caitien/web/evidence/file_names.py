"""The name of a file as it is shown, stored and given back: without folders, hidden marks and what disks do not take."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.plan.text import fold
from caitien.web.evidence.kinds import BY_ENDING, Kind, ending_of

LONGEST = 150  # letters
LONGEST_OF_MACHINES = 100  # letters
LONGEST_BYTES = 200  # in UTF-8: disks take 255, and a ZIP puts a code before it
_NOT_ON_DISKS = str.maketrans(dict.fromkeys('<>:"|?*', "-"))
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_OF_MACHINES = re.compile(
    r"(img|dsc[nf]?|dcim|pxl|mvimg|vid|mov|image|photo|picture|screenshot|scan|scanned|doc|document|camscanner|zalo|received|"
    r"whatsapp image|anh chup man hinh|anh|tep khong ten|untitled|new document|z|wp|p)?[\s_.()-]*[\d\s_.:()-]*(\s(at|luc|am|pm|copy))*[\d\s_.:()-]*$"
)
_HIDDEN = ("C", "Zl", "Zp")
"""Categories of letters that do not show: controls, right-to-left marks, zero width, private, half letters, line ends."""


def clean_name(name: str | None) -> str:
    """A name that says what it shows: last part of a path, NFC, no hidden marks, not too long. Never empty.

    A right-to-left mark turns "danh\u202efdp.exe" on the screen into another name; nobody types one into a name on purpose.
    """
    last = (name or "").replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    seen = "".join(
        " " if letter in "\t\r\n" else letter for letter in last if letter in "\t\r\n" or not _is_hidden(letter)
    )
    plain = " ".join(unicodedata.normalize("NFC", seen).translate(_NOT_ON_DISKS).split()).strip(". ")
    if not plain.strip("-_. "):
        return gettext_noop("tệp không tên")  # it is stored
    if plain.split(".")[0].lower() in _RESERVED:
        plain = "_" + plain
    return _shortened(plain)


def name_for(kind: Kind, name: str) -> str:
    """The cleaned name, ending as what the file is: "quyet-dinh.pdf" that is a Word file is "quyet-dinh.docx"."""
    ending = ending_of(name)
    if ending == kind.name or ending in kind.others:
        return name
    said = BY_ENDING.get(ending)
    stem = name[: -len(ending) - 1] if said and ending else name
    return _shortened(f"{stem}.{kind.name}")


def said_otherwise(kind: Kind, name: str) -> str:
    """What the person is told when the name says another kind than the content; "" when they agree."""
    said = BY_ENDING.get(ending_of(name))
    if said is None or said is kind:
        return ""
    return _(
        "Tên tệp ghi .%(said)s nhưng nội dung là %(kind)s: tệp được giữ đúng là %(kind)s, tên đổi thành “%(name)s”."
    ) % {
        "said": ending_of(name),
        "kind": kind.label,
        "name": name_for(kind, name),
    }


def title_of(name: str) -> str:
    """The name without its ending, underscores and points as spaces: a first guess at what the paper is called."""
    ending = ending_of(name)
    stem = name[: -len(ending) - 1] if ending in BY_ENDING else name
    return " ".join(stem.replace("_", " ").split()) or name


def is_of_a_machine(title: str) -> bool:
    """Whether a camera, scanner or telephone gave this name ("IMG 20261120 0812"): it says nothing of what the file is."""
    # what is longer was written by a person; a thousand points or blanks would be compared for minutes
    return len(title) <= LONGEST_OF_MACHINES and _OF_MACHINES.match(fold(title)) is not None


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter).startswith(_HIDDEN)


def _shortened(name: str) -> str:
    """Not too long, with its ending: the middle of a long name goes."""
    stem, point, ending = name.rpartition(".")
    if not point or len(ending) > 8:
        stem, ending = name, ""
    tail = f".{ending}" if ending else ""
    while stem and (len(stem) + len(tail) > LONGEST or len((stem + tail).encode()) > LONGEST_BYTES):
        stem = stem[:-1]
    return stem.rstrip(" .") + tail
