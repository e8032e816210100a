"""How a self-assessment begins: which year, which framework, what comes over from the year before; made once however often asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.assessment.carrying import PARTS, Begun, begun_from
from caitien.assessment.model import SelfAssessment, TableData
from caitien.assessment.tables_loading import tables_for
from caitien.assessment.tables_model import SchoolTables
from caitien.plan.periods import years_of
from caitien.standards import framework_on, national, school_year_day
from caitien.standards.model import Framework
from caitien.web.assessments import creating
from caitien.web.assessments.editing import address, held, locked_words, save, tell
from caitien.web.assessments.models import Assessment, AssessmentEvent, Weakness
from caitien.web.assessments.values import rows_of, store_words, to_value
from caitien.web.plans.frameworks import framework
from caitien.web.plans.models import Action, Issue
from caitien.web.plans.new_plan import years_to_choose
from caitien.web.plans.overview import FINISHED
from caitien.web.schools.models import School, SchoolYear
from caitien.web.schools.not_now import NotNow

__all__ = ["PARTS", "FrameworkChoice", "begin", "carried_over", "framework_choices", "newest", "years_open"]


@dataclass(frozen=True, slots=True)
class FrameworkChoice:
    """A framework that a self-assessment can be made under. `why`: what speaks for it, or against it, on that year's opening day."""

    id: str
    title: str
    why: str
    proposed: bool


def years_open(today: Any, taken: Collection[str]) -> list[str]:
    """The school years for which one could be begun: the likeliest first, those that have one left out, earlier years last."""
    listed = years_to_choose(today)
    first = years_of(min(listed))
    earlier = [f"{first[0] - n}-{first[1] - n}" for n in (1, 2)] if first else []
    return [year for year in (*listed, *earlier) if year not in taken]


def framework_choices(level: str | None, year: str) -> list[FrameworkChoice]:
    """Every national framework of a school level, the one in force when the year opens first, the others newest first."""
    day = school_year_day(year)
    in_force = framework_on(level, day) if level and day else None
    found = []
    for info in national():
        if level and level not in info.school_levels:
            continue
        if day is None or info.validity.covers(day):
            why = _("đang áp dụng cho cấp học này khi năm học %(year)s bắt đầu") if level else _("đang áp dụng khi năm học %(year)s bắt đầu")  # fmt: skip
        elif info.validity.start is not None and day < info.validity.start:
            why = _("chưa áp dụng khi năm học %(year)s bắt đầu")
        else:
            why = _("không còn áp dụng khi năm học %(year)s bắt đầu; chỉ dùng cho báo cáo theo khung cũ")
        found.append(FrameworkChoice(info.id, info.short_title, why % {"year": year}, info.id == in_force))
    return sorted(found, key=lambda one: not one.proposed)


def newest(school: School) -> Assessment | None:
    """The self-assessment of the newest year (one query)."""
    found = Assessment.objects.for_school(school).select_related("year").first()
    if found is not None:
        found.school = school
    return found


def carried_over(
    before: Assessment, new: Framework, to_year: str, parts: Collection[str], *, old: Framework | None = None
) -> Begun:
    """What a year begun from `before` would be; nothing is stored. Of the weaknesses only those that are still open."""
    old = old or framework(before.framework)
    if old is None:  # its file is gone: nothing of single criteria can be told any more
        old, parts = new, {part for part in parts if part == "words"}
    rows = rows_of(before)
    rows.weaknesses = still_open(before, rows.weaknesses)
    value = to_value(before, rows, evidence=False)
    return begun_from(value, old, new, to_year, parts, tables=(_tables(old, value), _tables(new, value)))


def still_open(before: Assessment, weaknesses: list[Weakness]) -> list[Weakness]:
    """The weaknesses that no finished action answers: without an issue of the plan, or with work on it left (one query)."""
    issues = {one.issue_id for one in weaknesses if one.issue_id}
    if not issues:
        return weaknesses
    states: dict[Any, list[str | None]] = {}
    rows = Action.objects.for_school(before.school_id).filter(issue__in=issues)
    for issue, state in rows.values_list("issue_id", "progress_status"):
        states.setdefault(issue, []).append(state)
    done = {issue for issue, found in states.items() if all(state in FINISHED for state in found)}
    return [one for one in weaknesses if one.issue_id not in done]


def begin(
    school: School,
    year_name: str,
    new: Framework,
    user: Any,
    *,
    before: Assessment | None = None,
    parts: Collection[str] = (),
) -> tuple[Assessment, bool]:
    """The self-assessment of a year, and whether it was made now: asked for twice it is made once.

    `before`: the year whose `parts` come over. What did not is in the note of the first event.
    """
    with transaction.atomic():
        there = _held_year(school, year_name)
        if there is not None:
            return there, False
        year = SchoolYear.objects.get_or_create(school=school, name=year_name)[0]
        made = creating.create(school, year, new, user)
        if before is not None:
            found = carried_over(before, new, year_name, parts)
            store_words(made, found.value, user)
            if found.weaknesses:
                _link_issues(before, made)
            note(made, _carried_note(before, found))
        made.refresh_from_db()
        made.school = school
        return made, True


def change_framework(assessment: Assessment, new: Framework, user: Any, *, parts: Collection[str] = ()) -> Assessment:
    """The self-assessment of the same year under another framework; the one that was is set aside whole, and can be used
    again. `parts` come over as from a year before. Raises NotNow when it is approved, or set aside already.
    """
    with transaction.atomic():
        old = held_working(assessment)
        if old.framework == new.id:
            return old
        _aside(old, user, new.id)
        made = creating.create(old.school, old.year, new, user)
        found = carried_over(old, new, old.year.name, parts)
        if "tables" in parts:
            found.value.tables = _same_year(old, new, found.value)
        store_words(made, found.value, user)
        note(made, "\n".join([gettext_noop("Đổi khung tiêu chuẩn trong cùng năm học"), *found.notes]))
        made.refresh_from_db()
        made.school = old.school
        return made


def use_again(assessment: Assessment, user: Any) -> Assessment:
    """Takes back one that was set aside; the one that stands in its year is set aside. Raises NotNow when that is approved."""
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).only("pk").get(pk=assessment.school_id)
        there = Assessment.objects.for_school(assessment.school_id).filter(year=assessment.year_id).first()
        if there is not None:
            there.school = assessment.school
            _aside(held_working(there), user, assessment.framework)
        now = held(assessment)
        now.school = assessment.school
        if now.state == Assessment.State.SET_ASIDE:
            save(now, {"state": Assessment.State.WORKING}, seen=now.version, user=user, whatever_it_was=True)
            tell(now, AssessmentEvent.Kind.FRAMEWORK_CHANGED, user, now.framework)
        now.refresh_from_db()
        now.school = assessment.school
        return now


def held_working(assessment: Assessment) -> Assessment:
    """The assessment, with its school held first as a beginning does. Raises NotNow when it is not being worked on."""
    School.objects.select_for_update(no_key=True).only("pk").get(pk=assessment.school_id)
    now = held(assessment)
    now.school = assessment.school
    if now.state != Assessment.State.WORKING:
        raise NotNow(locked_words(now), ((_("Về bản tự đánh giá"), address(now)),))
    return now


def _same_year(old: Assessment, new: Framework, value: SelfAssessment) -> list[TableData]:
    """The numbers of the same school year, of the tables that the new framework has too: none of them is asked for again."""
    tables = _tables(new, value)
    known = {table.id for table in tables.tables} if tables is not None else set()
    return [one for one in to_value(old, evidence=False).tables if one.table in known]


def _aside(old: Assessment, user: Any, framework_id: str) -> None:
    save(old, {"state": Assessment.State.SET_ASIDE}, seen=old.version, user=user, whatever_it_was=True)
    tell(old, AssessmentEvent.Kind.FRAMEWORK_CHANGED, user, framework_id)


def note(assessment: Assessment, words: str) -> None:
    """Says at the first event of an assessment how it began; within the transaction that makes it."""
    AssessmentEvent.objects.for_school(assessment.school_id).filter(
        assessment=assessment, kind=AssessmentEvent.Kind.CREATED
    ).update(note=words)


def _held_year(school: School, year_name: str) -> Assessment | None:
    """The assessment that the year has already. The school is held: the second of two requests waits for the first."""
    School.objects.select_for_update(no_key=True).only("pk").get(pk=school.pk)
    there = Assessment.objects.for_school(school).filter(year__name=year_name).select_related("year").first()
    if there is not None:
        there.school = school
    return there


def _link_issues(before: Assessment, made: Assessment) -> None:
    """A weakness that came over is answered by the issue that continues last year's in a newer plan, where there is one."""
    old = {one.text: one.issue_id for one in Weakness.objects.for_school(before.school_id).filter(assessment=before) if one.issue_id}  # fmt: skip
    if not old:
        return
    rows = Issue.objects.for_school(before.school_id).filter(continues__in=list(old.values()))
    newer = {issue.continues_id: issue for issue in rows}
    for one in Weakness.objects.for_school(made.school_id).filter(assessment=made):
        issue = newer.get(old.get(one.text))
        if issue is not None:
            save(one, {"issue_id": issue.pk}, seen=one.version, user=None, whatever_it_was=True)


def _tables(of: Framework, value: SelfAssessment) -> SchoolTables | None:
    level = value.tables_level or value.school.level or (of.school_levels[0] if len(of.school_levels) == 1 else None)
    return tables_for(of.id, level)


def _carried_note(before: Assessment, found: Begun) -> str:
    lines = [gettext_noop("Lấy từ bản tự đánh giá năm học %s") % before.year.name]
    counted = (
        (found.members, gettext_noop("%s thành viên hội đồng")),
        (found.groups, gettext_noop("%s nhóm")),
        (found.texts, gettext_noop("lời của %s tiêu chí làm bản đầu")),
        (found.tables, gettext_noop("%s bảng số liệu")),
        (found.weaknesses, gettext_noop("%s hạn chế còn mở")),
    )
    said = [words % number for number, words in counted if number]
    if said:
        lines.append(gettext_noop("Đã chuyển: ") + ", ".join(said) + ".")
    return "\n".join([*lines, *found.notes])
