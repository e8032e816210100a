"""Whether a package, as a ZIP or unpacked, is what it was when it was made: every file by its SHA-256."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from caitien.errors import CaiTienError
from caitien.packing.model import SUMS

PIECE = 1 << 20  # bytes
LARGEST_LIST = 64 << 20  # bytes of the list of sums
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


class PackageError(CaiTienError):
    """What was given is no package."""


@dataclass(slots=True)
class Checked:
    """`good`: how many files are as they were; the others by path."""

    good: int = 0
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not (self.changed or self.missing)


def check_package(where: Path, told: Callable[[str], None] | None = None) -> Checked:
    """Checks a ZIP, or the folder into which it was unpacked. `told`: called with each path as it is looked at.

    Raises PackageError: nothing there, no package, a list of sums that is broken.
    """
    with _opened(where) as (names, open_one):
        if SUMS not in names:
            raise PackageError(f"“{where}” không phải gói minh chứng: không có tệp {SUMS}.")
        with open_one(SUMS) as file:
            listed = _listed(file.read(LARGEST_LIST + 1))
        found = Checked(unlisted=sorted(names - listed.keys() - {SUMS}))
        for path, digest in listed.items():
            if told is not None:
                told(path)
            if path not in names:
                found.missing.append(path)
            elif _digest(open_one, path) == digest:
                found.good += 1
            else:
                found.changed.append(path)
        return found


def _listed(content: bytes) -> dict[str, str]:
    if len(content) > LARGEST_LIST:
        raise PackageError(f"Tệp {SUMS} quá lớn, không phải của gói minh chứng.")
    listed = {}
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise PackageError(f"Tệp {SUMS} hỏng ở dòng {number}; hãy chép lại gói.")
        listed[match[2]] = match[1]
    return listed


def _digest(open_one: Callable[[str], IO[bytes]], path: str) -> str | None:
    """None when the file cannot be read to its end."""
    digest = hashlib.sha256()
    try:
        with open_one(path) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except (OSError, EOFError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None
    except Exception as error:  # zlib.error, lzma.LZMAError: what a broken stream raises
        if type(error).__module__ in ("zlib", "lzma", "bz2", "_lzma"):
            return None
        raise
    return digest.hexdigest()


@contextmanager
def _opened(where: Path) -> Iterator[tuple[set[str], Callable[[str], IO[bytes]]]]:
    if where.is_dir():
        names = {file.relative_to(where).as_posix() for file in where.rglob("*") if file.is_file()}
        yield names, lambda path: _inside(where, path).open("rb")
        return
    if not where.exists():
        raise PackageError(f"Không có “{where}”.")
    try:
        package = zipfile.ZipFile(where)
    except (zipfile.BadZipFile, OSError):
        raise PackageError(f"“{where}” không phải tệp ZIP đọc được; có thể chép chưa xong. Hãy chép lại gói.") from None
    with package:
        yield {info.filename for info in package.infolist() if not info.is_dir()}, package.open


def _inside(folder: Path, path: str) -> Path:
    """A path of the list within the folder; nothing outside of it is ever opened."""
    found = (folder / path).resolve()
    if not found.is_relative_to(folder.resolve()):
        raise PackageError(f"Tệp {SUMS} trỏ ra ngoài thư mục: “{path}”. Đây không phải gói do Cải Tiến tạo.")
    return found
