"""Which of the words in a source cell name a source of money."""

from __future__ import annotations

import re

from caitien.plan.model import Action
from caitien.plan.text import fold

_NO_SOURCE = re.compile(r"(khong|ko|k|0|chua (xac dinh|co|ro)|\W*|khong (co|can)( kinh phi)?)[ .;]*")


# A source said within the words about money ("1,2 tỷ đồng (vốn đầu tư công)"), though not parted from them.
_SAYS_SOURCE = re.compile(
    r"\b(nguon|ngan sach|von|quy|tai tro|xa hoi hoa|xhh|chi thuong xuyen|phu huynh|cmhs|cha me|dong gop|ung ho"
    r"|van dong|tu chu|hoc phi|du an|chuong trinh|khuyen hoc|ubnd|doanh nghiep|nha nuoc|nha tai tro|mtqg|xsktt?)\b"
)


def says_source(action: Action) -> bool:
    """Whether a row names a source, in its own cell or in the words about money."""
    said = f"{action.resources.budget_text or ''} {action.resources.text or ''}"
    return bool(named_sources(action)) or bool(_SAYS_SOURCE.search(fold(said)))


def named_sources(action: Action) -> list[str]:
    """The sources that a row names; "Không", "0", "-", "Chưa xác định" name none."""
    return [source for source in action.resources.funding_sources if not _NO_SOURCE.fullmatch(fold(source))]
