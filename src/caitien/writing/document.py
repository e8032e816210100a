"""The document tree that every form builds and every backend renders: values only, no format is known here.

Lengths on paper are millimetres, sizes of letters and gaps between lines are points. Text is put in as it is;
`caitien.writing.text.clean` has made it safe for every backend before (the small makers below call it).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from caitien.writing.text import clean, lines

Align = Literal["left", "center", "right", "justify"]
Orientation = Literal["portrait", "landscape"]
VerticalAlign = Literal["top", "middle"]

A4_SHORT, A4_LONG = 210.0, 297.0


@dataclass(frozen=True, slots=True)
class Margins:
    """Nghị định 30/2020, Phụ lục I: top and bottom 20–25 mm, left 30–35 mm, right 15–20 mm."""

    top: float = 20.0
    bottom: float = 20.0
    left: float = 30.0
    right: float = 15.0


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look. A line feed inside is a line break inside the paragraph.

    `link`: where a click leads: an address ("https://…"), or "#" and the anchor of a paragraph of the same document.
    """

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs set as one paragraph. `size` None is the size of where it stands (the body's, or the table's).

    `key` is the place in the plan value that the text came from ("actions/3/period/text"), `label` its Vietnamese name:
    DOCX writes them as a content control, so that a file edited in Word can be read back.
    `anchor`: the name that links lead to (Latin letters, digits, "_"; once a document).
    """

    runs: tuple[Run, ...]
    align: Align = "justify"
    size: float | None = None
    indent: float = 0.0  # mm, the whole paragraph
    first_line: float = 0.0  # mm, more for its first line
    before: float = 0.0  # pt
    after: float = 0.0  # pt
    keep_with_next: bool = False
    key: str | None = None
    label: str | None = None
    anchor: str | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ListItem:
    """A line of a list. The marker ("-", "a)", "1.") is printed text, as in Vietnamese official documents."""

    marker: str
    runs: tuple[Run, ...]
    key: str | None = None

    @property
    def text(self) -> str:
        return f"{self.marker} {''.join(run.text for run in self.runs)}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline: level 1 is "I. …", level 2 is "1. …"; at most level 4."""

    text: str
    level: int = 1
    new_page: bool = False
    align: Literal["left", "center"] = "left"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an official document (Nghị định 30/2020): who issues it left, the nation, place and date right."""

    parent: str
    issuer: str
    number: str
    place_and_date: str
    nation: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Title:
    """Tên loại ("KẾ HOẠCH") and trích yếu, with the short line beneath."""

    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. `number` is the amount that stands behind the text, for spreadsheets (whole đồng)."""

    paragraphs: tuple[Paragraph, ...]
    colspan: int = 1
    rowspan: int = 1
    align: Align = "left"
    valign: VerticalAlign = "top"
    bold: bool = False
    number: int | None = None

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right; the places that a merged cell above covers are left out, as in HTML.

    `height`: at least so many mm, for rows to be filled in by hand.
    """

    cells: tuple[Cell, ...]
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. `widths` are shares of the text width; `header` rows are repeated on every page."""

    widths: tuple[float, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    name: str  # what it holds, in Vietnamese: the sheet's name in XLSX, the table's description for screen readers
    main: bool = False  # the plan itself: the first sheet in XLSX
    size: float = 11.0
    together: bool = False  # a short table, not cut by a page's end


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Recipients left, who signs right. `role` may hold several lines ("TM. HỘI ĐỒNG", "CHỦ TỊCH").

    `left_role`: somebody else signs left, in the recipients' place.
    """

    role: tuple[str, ...]
    name: str
    recipients: tuple[str, ...]
    recipients_title: str = "Nơi nhận:"
    left_role: tuple[str, ...] = ()
    left_name: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """A page of its own without a number: who issues it on top, what it is in the middle, place and month at the foot."""

    parent: str
    issuer: str
    kind: str
    subject: str
    foot: str
    framed: bool = True


@dataclass(frozen=True, slots=True)
class Contents:
    """Mục lục: every heading of the document down to a level, with its page, each a link."""

    depth: int = 3


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page."""


@dataclass(frozen=True, slots=True)
class NewSection:
    """What follows starts a new page of this orientation."""

    orientation: Orientation


Block = (
    Paragraph
    | ListItem
    | Heading
    | Letterhead
    | Title
    | Table
    | SignatureBlock
    | Cover
    | Contents
    | PageBreak
    | NewSection
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `orientation` is that of its first page; `subject` and `author` go into the file's properties."""

    title: str
    blocks: tuple[Block, ...]
    orientation: Orientation = "portrait"
    margins: Margins = field(default_factory=Margins)
    size: float = 13.0
    subject: str = ""
    author: str = ""
    language: str = "vi-VN"

    def tables(self) -> Iterator[Table]:
        return (b for b in self.blocks if isinstance(b, Table))

    @property
    def has_contents(self) -> bool:
        return any(isinstance(b, Contents) for b in self.blocks)

    def outline(self, depth: int) -> Iterator[Heading]:
        """The headings down to a level, in order: what a list of contents shows."""
        return (b for b in self.blocks if isinstance(b, Heading) and b.level <= depth)


def page_size(orientation: Orientation) -> tuple[float, float]:
    """Width and height of A4 in mm."""
    return (A4_SHORT, A4_LONG) if orientation == "portrait" else (A4_LONG, A4_SHORT)


def text_height(orientation: Orientation, margins: Margins) -> float:
    """Height between the margins in mm."""
    return page_size(orientation)[1] - margins.top - margins.bottom


def text_width(orientation: Orientation, margins: Margins) -> float:
    """Width between the margins in mm."""
    return page_size(orientation)[0] - margins.left - margins.right


def run(text: str, *, bold: bool = False, italic: bool = False, underline: bool = False) -> Run:
    return Run(clean(text), bold, italic, underline)


def body(
    text: str, *, bold: bool = False, italic: bool = False, after: float = 0, keep_with_next: bool = False
) -> Paragraph:
    """A paragraph of running text: justified, its first line 10 mm in, 6 pt from the one before."""
    looks = (run(text, bold=bold, italic=italic),)
    return Paragraph(looks, first_line=10, before=6, after=after, keep_with_next=keep_with_next)


def cell(
    text: str | None,
    *,
    align: Align = "left",
    valign: VerticalAlign = "top",
    bold: bool = False,
    italic: bool = False,
    colspan: int = 1,
    rowspan: int = 1,
    key: str | None = None,
    label: str | None = None,
    number: int | None = None,
) -> Cell:
    """A cell of one text; each of its lines is a paragraph. None is an empty cell (that can still be filled in)."""
    made = tuple(
        Paragraph((Run(line, bold, italic),), align=align, key=key, label=label) for line in lines(text or "") or [""]
    )
    return Cell(made, colspan, rowspan, align, valign, bold, number)


def header_row(*texts: str) -> Row:
    return Row(tuple(cell(text, align="center", valign="middle", bold=True) for text in texts))


def plain_lines(document: Document) -> Iterator[str]:
    """The text of a document in reading order: what every backend must print, no more and no less."""
    for block in document.blocks:
        if isinstance(block, Contents):
            yield from (heading.text for heading in document.outline(block.depth))
        yield from _block_lines(block)


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | ListItem() | Heading():
            yield block.text
        case Letterhead():
            yield from (block.parent, block.issuer, block.nation, block.motto, block.number, block.place_and_date)
        case Title():
            yield from (block.kind, block.subject)
        case Cover():
            yield from (block.parent, block.issuer, block.kind, block.subject, block.foot)
        case Table():
            for row in (*block.header, *block.rows):
                yield from (p.text for c in row.cells for p in c.paragraphs)
        case SignatureBlock():
            if block.left_role:
                yield from (*block.left_role, block.left_name)
            else:
                yield block.recipients_title
                yield from block.recipients
            yield from (*block.role, block.name)
        case _:
            return
