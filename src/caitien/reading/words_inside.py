"""In the child process of `words`: what is written in a file, and which of its pages are pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from caitien.errors import ReadingError
from caitien.reading.legacy_fonts import legacy_encoding
from caitien.reading.legacy_text import to_unicode
from caitien.reading.limits import Limits, Watch
from caitien.reading.opening import sniff
from caitien.reading.package import Package
from caitien.reading.words import MOST_LETTERS, PAGE_BREAK, bounded, pages
from caitien.reading.words_notes import note_of

MOST_PIXELS = 60_000_000  # of a picture; a phone of 2026 sends 12 million, some 50
_FEW_LETTERS = 250  # on a page that is a picture: the stamp of an electronic signature has 100 to 200
_MOST_UNREADABLE = 0.2
_PICTURE_SHARE = 0.4  # of the page, from which a picture is taken for a scan
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TEXTS = re.compile(r"xl/(?:sharedstrings|worksheets/sheet\d+)\.xml")
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]+)<")
_EXTRA = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")

Say = Callable[[float, str], None]


class _Found:
    """What is known of a file so far."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.kind = "other"
        self.pages: int | None = None
        self.parts: list[str] = []
        self.scans: list[int] = []
        self.code = ""
        self.notes: list[str] = []

    def note(self, code: str, **fields: object) -> None:
        self.code = self.code or code
        self.notes.append(note_of(code, self.limits, **fields))

    def answer(self) -> dict[str, Any]:
        text = (PAGE_BREAK if self.kind == "pdf" else "\n").join(self.parts)
        if old := legacy_encoding(text):
            text = to_unicode(text, old)
        kept = bounded(text)
        if len(kept) >= MOST_LETTERS:
            self.note("cut", limit=f"{MOST_LETTERS:,}".replace(",", "."))
        return {
            "kind": self.kind, "pages": self.pages, "text": kept, "note": " ".join(self.notes), "code": self.code, "scans": self.scans,
        }  # fmt: skip


def words_inside(content: bytes, limits: Limits, say: Say) -> dict[str, Any]:
    """The fields of FileWords as plain JSON values. Raises nothing that a file can cause but MemoryError."""
    found = _Found(limits)
    try:
        _read(content, found, Watch(limits, say))
    except ReadingError as error:
        found.note(error.code)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, OSError):
        found.note("damaged")
    return found.answer()


def _read(content: bytes, found: _Found, watch: Watch) -> None:
    try:
        found.kind = sniff(content)
    except ReadingError as error:
        if error.code == "picture":
            _picture(content, found)
            return
        raise
    {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf, "txt": _txt}[found.kind](content, found, watch)


def _txt(content: bytes, found: _Found, _: Watch) -> None:
    from caitien.reading.text_encoding import decode_text

    try:
        found.parts.append(decode_text(content))
    except ReadingError:
        found.kind = "other"
        raise


# Word: every paragraph of the body, of notes, heads and feet; also what a plan's reader refuses (no text, old fonts)


def _docx(content: bytes, found: _Found, watch: Watch) -> None:
    package = Package(content, "docx", watch)
    main = package.main_part()
    found.pages = _pages_said(package)
    for part in [main, *sorted(filter(_EXTRA.fullmatch, package.names()))]:
        root = package.xml(part)
        if root is not None:
            found.parts.append(_paragraphs(root))
        if sum(map(len, found.parts)) > MOST_LETTERS:
            break


def _paragraphs(root: Any) -> str:
    for gone in list(root.iter(_FALLBACK, f"{_W}del", f"{_W}moveFrom")):
        if gone.getparent() is not None:
            gone.getparent().remove(gone)
    pieces: list[str] = []
    letters = 0
    breaks = {f"{_W}p": "\n", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
    for element in root.iter(*breaks, f"{_W}t", _MATH):
        said = breaks.get(element.tag) or (element.text or "")
        pieces.append(said)
        letters += len(said)
        if letters > MOST_LETTERS:
            break
    return "".join(pieces).strip()


def _pages_said(package: Package) -> int | None:
    """How many pages Word counted when it saved the file."""
    told = re.search(rb"<Pages>(\d{1,5})</Pages>", package.read("docProps/app.xml", 1024 * 1024) or b"")
    return int(told.group(1)) if told else None


# Excel: sheets as they are seen; the strings alone where there is more than a sheet's reader takes


def _xlsx(content: bytes, found: _Found, watch: Watch) -> None:
    from caitien.reading.formats.xlsx import read
    from caitien.reading.source import Table

    try:
        source = read(content, watch)
    except ReadingError as error:
        if error.code not in ("too_many_cells", "too_much_text", "no_text", "legacy_font"):
            raise
        _strings(content, found, watch)
        return
    found.pages = source.pages
    for block in source.blocks:
        if not isinstance(block, Table):
            found.parts.append(block.text)
            continue
        rows: dict[int, list[str]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(cell.text)
        found.parts += filter(None, [block.title])
        found.parts += [" ".join(filter(None, rows[row])) for row in sorted(rows)]


def _strings(content: bytes, found: _Found, watch: Watch) -> None:
    """The texts of a workbook without a tree of its cells: those that sheets share, then those that stand in a sheet."""
    package = Package(content, "xlsx", watch)
    names = [name for name in package.names() if _TEXTS.fullmatch(name)]
    letters = 0
    for name in sorted(names, key=lambda one: (not one.endswith("sharedstrings.xml"), one)):
        for text in _TEXT.finditer(package.read(name) or b""):
            found.parts.append(unescape(text.group(1).decode("utf-8", "replace")))
            letters += len(found.parts[-1])
            if letters > MOST_LETTERS:
                return


# PDF: words page by page; a page that is a picture, or whose letters mean nothing, is left to Tesseract


def _pdf(content: bytes, found: _Found, watch: Watch) -> None:
    from caitien.reading.formats.pdf import open_pdf

    limits = watch.limits
    document = open_pdf(content)
    count = len(document)
    damaged: list[int] = []
    try:
        found.pages = count
        letters = 0
        for number in range(1, min(count, limits.pages) + 1):
            watch.progress(number / (count + 1), f"Đang đọc trang {number}/{count}")
            try:
                text, is_scan = _page(document, number, watch)
            except ReadingError:
                raise
            except Exception:  # PdfiumError and what broken values make of themselves: the other pages are read
                damaged.append(number)
                text, is_scan = "", False
            found.parts.append(text)
            found.scans += [number] * is_scan
            letters += len(text)
            if letters > MOST_LETTERS:
                break
    except ReadingError as error:
        if error.code != "too_slow" or not found.parts:
            raise
        found.note("late", pages=len(found.parts))
    finally:
        document.close()
    if damaged:
        found.note("pages_damaged", pages=pages(damaged))
    if count > limits.pages:
        found.note("many_pages", pages=count, limit=limits.pages)


def _page(document: Any, number: int, watch: Watch) -> tuple[str, bool]:
    """What is written on a page in the order of the file, and whether it has to be recognised."""
    from caitien.reading.formats.pdf_page import read_page

    page = document[number - 1]
    try:
        seen = read_page(page, number, watch)
        if seen.letters and seen.unreadable > _MOST_UNREADABLE * seen.letters:
            return "", True
        is_scan = bool(seen.images) and seen.letters < _FEW_LETTERS and _is_covered(page)
    finally:
        page.close()
    pieces: list[str] = []
    before: float | None = None
    for word in seen.words:
        if before is not None:
            pieces.append("\n" if abs(word.baseline - before) > 0.5 * word.size else " ")
        pieces.append(word.text)
        before = word.baseline
    turned = " ".join(word.text for _, word in seen.turned)
    return "\n".join(filter(None, ["".join(pieces), turned])), is_scan


def _is_covered(page: Any) -> bool:
    """Whether pictures cover so much of the page that what is to be read stands in them."""
    import pypdfium2.raw as pdfium_c

    width, height = page.get_size()
    covered = 0.0
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered >= _PICTURE_SHARE * width * height)


# Pictures


def _picture(content: bytes, found: _Found) -> None:
    from caitien.reading.recognising import open_picture

    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        found.note("heic")
        return
    try:
        with open_picture(content) as image:
            found.pages = min(getattr(image, "n_frames", 1), found.limits.pages) if image.format == "TIFF" else 1
    except ValueError:
        found.note("large_picture", limit=MOST_PIXELS // 1_000_000)
        return
    except (OSError, SyntaxError, EOFError):
        found.note("damaged")
        return
    found.kind = "picture"
    found.scans = list(range(1, (found.pages or 1) + 1))
