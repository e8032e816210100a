"""A DOCX or XLSX as what it is, a ZIP of XML parts, opened under bounds: nothing is inflated or parsed unasked."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from caitien.errors import ReadingError
from caitien.reading.limits import Watch
from caitien.reading.refusals import refuse

PROGRAMS = {"docx": ("Word", ".docx"), "xlsx": ("Excel", ".xlsx")}

_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
_RATIO_FROM = 1024 * 1024  # small parts of styles compress very well and harm nobody
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CONTENT_TYPES = "[Content_Types].xml"


class Package:
    """The parts of an Office file by name. `kind`: "docx" or "xlsx", for the sentences."""

    def __init__(self, data: bytes, kind: str, watch: Watch) -> None:
        self.kind, self.watch = kind, watch
        self.program, self.extension = PROGRAMS[kind]
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise self._refuse("damaged") from None
        self._members = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in self._zip.infolist()}
        self._inflated = 0
        self._bound()

    def names(self) -> list[str]:
        """Names of all parts, in lower case."""
        return list(self._members)

    def chunks(self, name: str, size: int) -> Iterator[bytes]:
        """The bytes of a part in pieces of at most `size`, nothing when there is none; raises as `read` does."""
        info = self._members.get(name.lstrip("/").lower())
        if info is None:
            return
        if info.flag_bits & 0x1:
            raise self._refuse("encrypted")
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(size):
                    self._inflated += len(piece)
                    if self._inflated > self.watch.limits.unpacked_bytes:
                        raise self._refuse("zip_bomb")
                    self.watch.check()
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise self._refuse("damaged") from None

    def read(self, name: str, limit: int | None = None) -> bytes | None:
        """The bytes of a part, None when there is none. Raises ReadingError: "zip_bomb", "damaged", "encrypted"."""
        info = self._members.get(name.lstrip("/").lower())
        if info is None:
            return None
        if info.flag_bits & 0x1:
            raise self._refuse("encrypted")
        bound = min(limit or self.watch.limits.unpacked_bytes, self.watch.limits.unpacked_bytes - self._inflated)
        if info.file_size > bound:
            raise self._refuse("zip_bomb")
        try:
            with self._zip.open(info) as stream:
                content = stream.read(bound + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise self._refuse("damaged") from None
        self._inflated += len(content)
        if len(content) > bound:
            raise self._refuse("zip_bomb")
        self.watch.check()
        return content

    def xml(self, name: str) -> Any:
        """Root element of an XML part (lxml), None when there is none. Raises ReadingError also for "unsafe_xml"."""
        content = self.read(name, self.watch.limits.xml_part_bytes)
        return None if content is None else self.parse(content)

    def parse(self, content: bytes) -> Any:
        """Root element of XML bytes, with no entity, no network, no doctype. Raises ReadingError."""
        from lxml import etree

        if _UNSAFE.search(content):
            raise self._refuse("unsafe_xml")
        if content.count(b"<") + content.count(b"=") > self.watch.limits.xml_marks:
            raise refuse("too_much_text")
        if b"http://purl.oclc.org/ooxml/" in content:
            for strict, usual in _STRICT.items():
                content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            raise self._refuse("damaged") from None
        tree: Any = root.getroottree()
        if tree.docinfo.doctype:
            raise self._refuse("unsafe_xml")  # a doctype in UTF-16, which the search of bytes does not see
        self.watch.check()
        return root

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part ("" is the file itself): id -> (last word of the type, target part)."""
        folder, file = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", file + ".rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target") or ""
            path = target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id") or ""] = ((relation.get("Type") or "").rsplit("/", 1)[-1], path.lstrip("/"))
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The part to which `part` has a relation of type `kind` ("styles"), None when there is none."""
        return next((target for found, target in self.relations(part).values() if found == kind), None)

    def main_part(self) -> str:
        """Name of the main part. Raises ReadingError("damaged") when there is none."""
        name = self.related("", "officeDocument")
        if name is None or name.lower() not in self._members:
            raise self._refuse("damaged")
        return name

    def _bound(self) -> None:
        """Refuse archive bombs by what they declare, and files with macros, before anything is inflated."""
        limits = self.watch.limits
        infos = self._zip.infolist()
        if len(infos) > limits.archive_members or sum(i.file_size for i in infos) > limits.unpacked_bytes:
            raise self._refuse("zip_bomb")
        for info in infos:
            is_xml = info.filename.lower().endswith((".xml", ".rels"))
            ratio = info.file_size / max(info.compress_size, 1)
            if is_xml and info.file_size > _RATIO_FROM and ratio > limits.compression_ratio:
                raise self._refuse("zip_bomb")
        types = self.read(_CONTENT_TYPES, limits.xml_part_bytes) or b""
        macro_part = any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in self._members)
        if macro_part or b"macroEnabled" in types or b"vbaProject" in types:
            raise self._refuse("macro")

    def _refuse(self, code: str) -> ReadingError:
        return refuse(code, program=self.program, extension=self.extension)
