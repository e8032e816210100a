"""Which of the words in a source cell name a source of money."""

from __future__ import annotations

import re

from caitien.plan.model import Action
from caitien.plan.text import fold

_NO_SOURCE = re.compile(r"(khong|ko|k|0|chua (xac dinh|co|ro)|\W*|khong (co|can)( kinh phi)?)[ .;]*")


def named_sources(action: Action) -> list[str]:
    """The sources that a row names; "Không", "0", "-", "Chưa xác định" name none."""
    return [source for source in action.resources.funding_sources if not _NO_SOURCE.fullmatch(fold(source))]
