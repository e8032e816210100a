"""Which evidence the list shows, in which order: what an address asks for, as a query. Nothing is counted or fetched here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caitien.web.evidence.criteria import Current
from caitien.web.evidence.kinds import KINDS, Family
from caitien.web.evidence.models import Attachment, Evidence, EvidenceUse
from caitien.web.schools.models import School

State, Used = Evidence.State, EvidenceUse.State
SOON = timedelta(days=30)
LONGEST = 300  # letters of a word of an address that are looked at
YEAR_BEGINS = 8
"""Month from which evidence that comes in belongs to the next school year."""
IN_USE = (State.SUBMITTED, State.VERIFIED)

STATES: dict[str, tuple[str, Any]] = {
    "cho": (State.SUBMITTED, State.SUBMITTED.label),
    "xac-nhan": (State.VERIFIED, State.VERIFIED.label),
    "tu-choi": (State.REJECTED, State.REJECTED.label),
    "het": (State.EXPIRED, State.EXPIRED.label),
    "thay": (State.REPLACED, State.REPLACED.label),
}
ONLY: dict[str, Any] = {
    "chua-gan": _("chưa gắn tiêu chí nào"),
    "goi-y": _("có gợi ý chờ trả lời"),
    "het-han": _("đã hết hạn"),
    "sap-het": _("hết hạn trong 30 ngày"),
    "co-tep": _("có tệp hoặc đường dẫn"),
    "khong-tep": _("không có tệp, đường dẫn"),
    "khong-co-gi": _("không có tệp, cũng không có nơi lưu"),
    "link-hong": _("đường dẫn không mở được"),
    "giu-kin": _("cần giữ kín"),
}
"""Word in the address -> what the list says."""


def _kinds(*families: Family) -> tuple[str, ...]:
    return tuple(kind.name for kind in KINDS.values() if kind.family in families)


TYPES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "pdf": (pgettext_lazy("loại tệp", "PDF"), ("pdf",)),
    "word": (_("Word"), ("docx", "doc", "odt")),
    "excel": (_("Excel, bảng tính"), (*_kinds(Family.SHEET), "csv")),
    "trinh-chieu": (_("trình chiếu"), _kinds(Family.SLIDES)),
    "anh": (_("ảnh"), _kinds(Family.PICTURE)),
    "phim": (_("phim, âm thanh"), _kinds(Family.FILM, Family.SOUND)),
    "khac": (_("loại khác"), ("txt", *_kinds(Family.ARCHIVE))),
    "duong-dan": (_("đường dẫn"), ()),
}
ORDERS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "ma": (_("theo mã"), ("code_order", "created_at", "id")),
    "moi": (_("mới nhất trước"), ("-created_at", "-id")),
    "ten": (_("theo tên"), ("name_order", "id")),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address asks for. `words`: searched without diacritics; the others are words of the tables above, a code of
    a criterion or standard, the key of a user, a school year."""

    words: str = ""
    state: str = ""
    only: str = ""
    criterion: str = ""
    type: str = ""
    by: str = ""
    year: str = ""
    order: str = ""

    @classmethod
    def from_query(cls, asked: Mapping[str, str]) -> Choice:
        """The choice of `request.GET`. What is no filter is left out, so that no address is an error."""
        said = {name: str(asked.get(short, "")).strip()[:LONGEST] for name, short in IN_ADDRESS.items()}
        for name, known in (("state", STATES), ("only", ONLY), ("type", TYPES), ("order", ORDERS)):
            if said[name] not in known:
                said[name] = ""
        if not _is_key(said["by"]):
            said["by"] = ""
        if not _year(said["year"]):
            said["year"] = ""
        said["words"] = said["words"].replace("\x00", "")
        said["criterion"] = said["criterion"].replace("\x00", "")
        return cls(**said)

    def query(self, **other: str) -> dict[str, str]:
        """The choice for an address, with some of it said otherwise: only what was chosen."""
        said = {one.name: getattr(self, one.name) for one in fields(self)} | other
        return {IN_ADDRESS[name]: value for name, value in said.items() if value}

    @property
    def filters(self) -> bool:
        """Whether anything is left out of the list."""
        return any(getattr(self, one.name) for one in fields(self) if one.name != "order")


IN_ADDRESS = {
    "words": "tim",
    "state": "tt",
    "only": "loc",
    "criterion": "tc",
    "type": "loai",
    "by": "nguoi",
    "year": "nam",
    "order": "xep",
}


def chosen(
    school: School, choice: Choice, now: Current, today: date, among: QuerySet[Evidence] | None = None
) -> QuerySet[Evidence]:
    """The present evidence that a choice means, but for its words: `among` is what `search.py` found for those."""
    rows = Evidence.objects.for_school(school) if among is None else among
    if choice.state:
        rows = rows.filter(state=STATES[choice.state][0])
    if choice.only:
        rows = rows.filter(only(choice.only, school, now.id, today))
    if choice.criterion:
        rows = rows.filter(Exists(uses(school, now.id).filter(criterion__in=now.codes_in(choice.criterion))))
    if choice.type:
        kinds = TYPES[choice.type][1]
        its = files(school).filter(file__kind__in=kinds) if kinds else files(school).exclude(url="")
        rows = rows.filter(Exists(its))
    if choice.by:
        rows = rows.filter(created_by=choice.by)
    if choice.year and (years := _year(choice.year)):
        rows = rows.filter(created_at__gte=_first(years[0]), created_at__lt=_first(years[1]))
    return rows


def only(word: str, school: School, framework: str, today: date) -> Q:
    """What a word of `ONLY` means. The page of health counts by the same words."""
    living = Q(state__in=IN_USE)
    if word == "chua-gan":
        return living & ~Q(Exists(uses(school, framework)))
    if word == "goi-y":
        return Q(Exists(uses(school, framework, Used.OFFERED)))
    if word == "het-han":
        return Q(state=State.EXPIRED) | (living & Q(valid_until__lt=today))
    if word == "sap-het":
        return living & Q(valid_until__gte=today, valid_until__lte=today + SOON)
    if word == "co-tep":
        return Q(Exists(files(school)))
    if word == "khong-tep":
        return ~Q(Exists(files(school)))
    if word == "khong-co-gi":
        return living & Q(place="") & ~Q(Exists(files(school)))
    if word == "link-hong":
        return Q(Exists(files(school).filter(reach__in=DEAD)))
    if word == "giu-kin":
        return Q(sensitive=True)
    raise ValueError(word)


DEAD = (Attachment.Reach.GONE, Attachment.Reach.NO_ANSWER)
"""Links that were asked for and did not open. One that asks to sign in is there."""


def uses(school: School, framework: str, state: str = Used.USED) -> QuerySet[EvidenceUse]:
    """Uses of the evidence of an outer query."""
    return EvidenceUse.objects.filter(school=school, evidence=OuterRef("pk"), framework=framework, state=state)


def files(school: School) -> QuerySet[Attachment]:
    """Files and links that stand, of the evidence of an outer query."""
    return Attachment.objects.filter(school=school, evidence=OuterRef("pk"), superseded_at=None)


def years_since(oldest: datetime | None, today: date) -> list[str]:
    """The school years in which evidence came in, newest first: "2026-2027"."""
    if oldest is None:
        return []
    first, last = (day.year - (day.month < YEAR_BEGINS) for day in (timezone.localtime(oldest).date(), today))
    return [f"{year}-{year + 1}" for year in range(last, first - 1, -1)]


def _is_key(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True


def _year(said: str) -> tuple[int, int] | None:
    first, dash, second = said.partition("-")
    if not (dash and first.isdecimal() and second.isdecimal() and len(first) == len(second) == 4):
        return None
    years = int(first), int(second)
    return years if years[1] == years[0] + 1 and years[0] >= 1900 else None


def _first(year: int) -> datetime:
    day = datetime(year, YEAR_BEGINS, 1, tzinfo=timezone.get_current_timezone())
    return day.astimezone(UTC)
