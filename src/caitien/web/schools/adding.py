"""Many people at once from pasted lines, and a row taken away that nothing stands on, and brought back."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from caitien.plan.text import one_space
from caitien.web.plans.models import Involvement
from caitien.web.schools.models import GroupMember, Person, PersonMerge, School
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.people import Directory, ensure

MOST_LINES = 300
_NUMBER = re.compile(r"^(?:\d{1,3}[.)]?|[-–•*+])\s+")
_HEADER = re.compile(r"^(?:stt|tt|họ\s+(?:và\s+)?tên|họ tên|tên)\b", re.IGNORECASE)


class Added(NamedTuple):
    """Who is new and who was there before, in the order of the lines."""

    new: list[Person]
    known: list[Person]


def printed_lines(text: str) -> list[str]:
    """Lines of a list as somebody pastes it: from Word ("1. Lò Thị Mẩy - Hiệu trưởng") or Excel (number, name, post in columns).

    Returns printed names ("Lò Thị Mẩy (Hiệu trưởng)"), without running numbers, headers and empty lines.
    """
    found = []
    for line in text.splitlines():
        cells = [one_space(cell) for cell in line.split("\t")]
        cells = [cell for cell in cells if cell and not re.fullmatch(r"\d{1,3}[.)]?", cell)]
        if not cells or _HEADER.match(cells[0]):
            continue
        first = _NUMBER.sub("", cells[0]).strip()
        post = next(
            (cell for cell in cells[1:] if not any(letter.isdigit() for letter in cell[:2]) and "@" not in cell), ""
        )
        if first:
            found.append(f"{first} ({post})" if post and "(" not in first else first)
    return found


def add_many(school: School, text: str, *, user: Any) -> Added:
    """Makes a row for everybody in the lines who has none yet. Raises NotNow when there is nobody, or too many."""
    lines = printed_lines(text)
    if not lines:
        raise NotNow(_("Chưa có tên nào. Hãy ghi mỗi dòng một người, ví dụ: Lò Thị Mẩy - Hiệu trưởng."))
    if len(lines) > MOST_LINES:
        raise NotNow(_("Mỗi lần thêm được nhiều nhất %s dòng. Hãy chia làm nhiều lần.") % MOST_LINES)
    before = {person.pk for person in Directory.of(school).people}
    people = list(dict.fromkeys(ensure(school, lines, user=user).values()))
    return Added([p for p in people if p.pk not in before], [p for p in people if p.pk in before])


def why_not_remove(person: Person) -> str:
    """Why the row cannot be taken away; "" when nothing stands on it."""
    school = person.school_id
    if Involvement.objects.for_school(school).filter(person=person).exists():
        return (
            _("%s có tên trong kế hoạch nên không bỏ được. Hãy dùng “Gộp”, hoặc “Đánh dấu đã rời trường”.")
            % person.name
        )
    if person.user_id:
        return _("%s đang nối với một tài khoản. Hãy bỏ nối trước.") % person.name
    if GroupMember.objects.for_school(school).filter(group=person).exists():
        return _("%s còn có người. Hãy cho từng người ra khỏi tổ, nhóm trước.") % person.name
    if PersonMerge.objects.for_school(school).filter(kept=person, undone_at=None).exists():
        return _("Đã gộp dòng khác vào %s. Hãy tách lại trước.") % person.name
    return ""


def remove(person: Person, *, user: Any) -> Any:
    """Takes the row away. Returns the record of the history from which `bring_back` makes it again. Raises NotNow."""
    with transaction.atomic():
        if sentence := why_not_remove(person):
            raise NotNow(sentence)
        key, school = person.pk, person.school
        for link in GroupMember.objects.for_school(school).filter(person=person):
            link.delete()
        person._history_user = user  # type: ignore[attr-defined]
        person._change_reason = "bỏ khỏi danh sách"  # type: ignore[attr-defined]
        person.delete()
        return Person.history.filter(school=school, id=key, history_type="-").latest()


def bring_back(record: Any, *, user: Any) -> Person:
    """The row as it was when it was taken away. Raises NotNow when it is there."""
    if Person.objects.filter(pk=record.id).exists():
        raise NotNow(_("%s đã có trong danh sách.") % record.name)
    person = Person(
        id=record.id, school_id=record.school_id, name=record.name, role_title=record.role_title, kind=record.kind,
        aliases=record.aliases, email=record.email, left_on=record.left_on,
    )  # fmt: skip
    person._history_user = user  # type: ignore[attr-defined]
    person._change_reason = "lấy lại"  # type: ignore[attr-defined]
    person.save(force_insert=True)
    return person


def shown(people: list[Person], most: int = 5) -> str:
    """The first names of a list, for a sentence."""
    said = ", ".join(person.name for person in people[:most])
    return said + (_(" và %s người nữa") % (len(people) - most) if len(people) > most else "")
