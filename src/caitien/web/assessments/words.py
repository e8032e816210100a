"""Words of a criterion's sheet as they are kept and saved: autosaved by a script, or sent by a form.

What two people wrote in different sentences is joined (`joining.py`); what both wrote in one place is a clash: nothing is
saved and both texts are shown.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caitien.web.assessments.editing import assessment_of, held, permitted, save, version_of
from caitien.web.assessments.joining import joined_by_code, joined_lines, joined_text
from caitien.web.assessments.models import CriterionReview, LevelReview
from caitien.web.sent import storable

LONGEST_TEXT = 30_000  # letters of the description at a level; the longest seen in a real report has 6,000
MOST_LINES = 60


class NotKept(ValueError):
    """Words that cannot be kept; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of words. `words`: what stands there now; `joined`: another wrote there too, in other sentences.

    `theirs`: with a clash, what another wrote; nothing was saved then.
    """

    row: Any
    words: Any
    changed: bool = False
    joined: bool = False
    theirs: Any = None
    record: UUID | None = None
    linked: tuple[str, ...] = ()

    @property
    def clash(self) -> bool:
        return self.theirs is not None


def text_of(sent: str, longest: int = LONGEST_TEXT) -> str:
    """Words as they are kept: NFC, line breaks of one kind; nothing else is changed while somebody types. Raises NotKept."""
    text = unicodedata.normalize("NFC", storable(sent)).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > longest:
        raise NotKept(
            _("Đoạn này dài %(n)s chữ cái; nhiều nhất là %(most)s. Hãy rút gọn, đưa chi tiết vào minh chứng.")
            % {"n": len(text), "most": longest}
        )
    return text if text.strip() else ""


def lines_of(sent: str) -> list[str]:
    """One strength a line. Raises NotKept."""
    lines = [" ".join(line.split()) for line in text_of(sent).split("\n")]
    lines = [line for line in lines if line]
    if len(lines) > MOST_LINES:
        raise NotKept(_("Có %(n)s dòng; nhiều nhất là %(most)s. Hãy gộp lại.") % {"n": len(lines), "most": MOST_LINES})
    return lines


READ = {
    "description": text_of,
    "improvement": text_of,
    "strengths": lines_of,
    "opening": text_of,  # of a standard, as the next three
    "trend": text_of,
    "priorities": lines_of,
    "conclusion": text_of,
}
"""Column -> how sent words are read."""
JOINED: dict[str, Any] = {
    "description": joined_text,
    "improvement": joined_text,
    "strengths": joined_lines,
    "requirements": joined_by_code,
    "opening": joined_text,
    "trend": joined_text,
    "priorities": joined_lines,
    "conclusion": joined_text,
}
NOTHING: dict[str, Any] = {"strengths": [], "requirements": []}


def keep(
    row: LevelReview | CriterionReview,
    column: str,
    value: Any,
    *,
    seen: int,
    user: Any,
    base: Any = None,
    before: Any = None,
    reason: str = "",
    batch: UUID | None = None,
) -> Kept:
    """Keeps what somebody wrote of the version `seen`. Raises Locked, NoProof.

    `base`: what she began from, when it is no version (her own words before another's were joined to them). `before`:
    words of hers that may have arrived without her hearing of it.
    """
    with transaction.atomic():
        held(assessment_of(row))
        now = type(row)._base_manager.select_for_update(no_key=True).get(school=row.school_id, pk=row.pk)
        permitted(now)
        theirs = getattr(now, column)
        if base is None:
            base = theirs if before is not None and before == theirs else getattr(version_of(now, seen), column)
        both = JOINED[column](base, value, theirs)
        if both is None:
            return Kept(now, value, theirs=theirs)
        joined = both != value
        if both == theirs:
            return Kept(now, both, joined=joined)
        done = save(now, {column: both}, seen=now.version, user=user, reason=reason, batch=batch)
        return Kept(done.row, both, True, joined, record=done.record, linked=tuple(done.linked))
