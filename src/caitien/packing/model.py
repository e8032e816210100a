"""What goes into a package, and what its list of contents (`GOI.json`, `caitien.package/1`) says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pydantic import Field

from caitien.plan.model import Value

SCHEMA = "caitien.package/1"
INDEX, CONTENTS, SUMS, README = "MO-TRANG-NAY.html", "GOI.json", "SHA256SUMS.txt", "DOC-TRUOC.txt"
"""Names in the package that are not evidence. Capitals, so that they stand first where a file manager sorts by letters."""
EVIDENCE, PAPERS = "minh-chung", "van-ban"
"""Folders in the package."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file to be packed. `read`: gives its bytes piece by piece, when it is packed; `name`: as it was sent.

    `squeezed`: it is compressed already (PDF, JPEG, DOCX), so packing only stores it.
    """

    name: str
    read: Callable[[], Iterable[bytes]]
    size: int  # bytes
    squeezed: bool = True


@dataclass(frozen=True, slots=True)
class Packed:
    """One evidence. `entry`: its place in `SelfAssessment.evidence`; `kept_back`: why its files are not in the package."""

    entry: int
    files: tuple[Content, ...] = ()
    links: tuple[str, ...] = ()
    kept_back: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that goes along: the report, the list. `title`: what the index page calls it."""

    name: str
    title: str
    content: bytes


class PackedFile(Value):
    """A file of the package: where it lies (with "/"), how large it is, its SHA-256 in hexadecimal."""

    path: str
    name: str
    size: int
    sha256: str


class PackedEvidence(Value):
    """An evidence in the list of contents."""

    code: str | None = None
    name: str
    criteria: list[str] = Field(default_factory=list)
    files: list[PackedFile] = Field(default_factory=list)
    links: list[str] = Field(default_factory=list)
    kept_back: str | None = None
    missing: list[str] = Field(default_factory=list)  # files that the storage did not give


class Contents(Value):
    """The list of contents."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    school: str | None = None
    school_year: str | None = None
    framework: str | None = None
    made_at: str  # ISO
    evidence: list[PackedEvidence] = Field(default_factory=list)
    papers: list[PackedFile] = Field(default_factory=list)


@dataclass(slots=True)
class Made:
    """What became of packing."""

    contents: Contents
    files: int = 0
    size: int = 0  # bytes of the files in it
    missing: list[str] = field(default_factory=list)


Progress = Callable[[int, int, str], None]
"""Called with (bytes done, bytes in all, what is being packed)."""


def chunks_of(data: bytes) -> Callable[[], Iterator[bytes]]:
    """`Content.read` of bytes that are at hand."""
    return lambda: iter((data,))
