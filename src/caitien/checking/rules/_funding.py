"""Which of the words in a source cell name a source of money."""

from __future__ import annotations

import re

from caitien.plan.model import Action
from caitien.plan.text import fold, one_space

_NO_SOURCE = re.compile(r"(khong|ko|k|0|chua (xac dinh|co|ro)|\W*|khong (co|can)( kinh phi)?)[ .;]*")


# A source said within the words about money ("1,2 tỷ đồng (vốn đầu tư công)"), though not parted from them.
_SAYS_SOURCE = re.compile(
    r"\b(nguồn|ngân sách|vốn|quỹ|tài trợ|xã hội (?:hóa|hoá)|xhh|chi thường xuyên|phụ huynh|cmhs|cha mẹ|đóng góp|ủng hộ"
    r"|vận động|tự chủ|học phí|dự án|chương trình|khuyến học|ubnd|doanh nghiệp|nhà nước|mtqg|xskt)\b"
)


def says_source(action: Action) -> bool:
    """Whether a row names a source, in its own cell or in the words about money."""
    said = f"{action.resources.budget_text or ''} {action.resources.text or ''}"
    return bool(named_sources(action)) or bool(_SAYS_SOURCE.search(one_space(said).lower()))


def named_sources(action: Action) -> list[str]:
    """The sources that a row names; "Không", "0", "-", "Chưa xác định" name none."""
    return [source for source in action.resources.funding_sources if not _NO_SOURCE.fullmatch(fold(source))]
