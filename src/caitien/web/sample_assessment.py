"""The self-assessment of the demo's main school, half done as in November, and the evidence that it has.

What is written is in samples/dung-thu/suoi-lim-tu-danh-gia.yaml; everything goes through the services of the pages.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.db import transaction

from caitien.assessment.evidence_codes import citation
from caitien.assessment.model import SelfAssessment
from caitien.standards.model import Framework

WRITTEN = Path(__file__).resolve().parents[3] / "samples" / "dung-thu" / "suoi-lim-tu-danh-gia.yaml"
FRAMEWORK = "tt57-2026-pho-thong"
BEGUN, WRITTEN_ON = -76, -1
"""Days from today: the self-assessment is begun; the newest words are written."""
DONE = {"council": -75, "plan": -68}
"""Events of the legal calendar that are behind the school, and when."""
ANSWERED = {"1.3", "4.1"}
"""Criteria whose weaknesses the plan answers."""
_KEYS = re.compile(r"((?:\{[a-z-]+\})+)")


def live(school: Any, people: dict[str, Any], calendar: Any) -> None:
    """The school's evidence and self-assessment of this year, once."""
    import yaml

    from caitien.standards import load
    from caitien.web.assessments import creating
    from caitien.web.assessments.editing import save
    from caitien.web.assessments.models import Assessment
    from caitien.web.plans.models import Plan

    if Assessment.objects.for_school(school).exists():
        return
    said = yaml.safe_load(WRITTEN.read_text("utf-8"))
    framework = load(FRAMEWORK)
    plan = Plan.objects.for_school(school).select_related("year").exclude(year=None).order_by("-year__name").first()
    if plan is None:
        return
    with transaction.atomic():
        with calendar.at(BEGUN):
            made = creating.create(school, plan.year, framework, people["thu-ky"])
        codes = _evidence(school, said["evidence"], framework, plan, people, calendar)
        with calendar.at(WRITTEN_ON):
            _write(made, said, framework, codes, people, calendar)
            _answer(made, plan, people["thu-ky"])
            done = {event: calendar.day(number).isoformat() for event, number in DONE.items()}
            save(made, {"dates_done": done}, seen=made.version, user=people["thu-ky"], whatever_it_was=True)


def _evidence(
    school: Any, said: dict[str, Any], framework: Framework, plan: Any, people: dict[str, Any], calendar: Any
) -> dict[str, str]:
    """Made, with files, codes and states, each on its day. Gives key -> code."""
    lines = [(key, place, *line) for place, (key, line) in enumerate(said.items())]
    codes = {}
    for key, place, criteria, name, kind, state, *more in sorted(lines, key=_day_of):
        facts = more[0] if more else {}
        with calendar.at(max(BEGUN, facts.get("day", BEGUN))):
            made = _sent_in(school, place, name, kind, facts, people, calendar)
            codes[key] = _said_of(made, [*criteria, *facts.get("also", [])], state, facts, framework, plan, people)
    return codes


def _day_of(line: tuple[Any, ...]) -> int:
    """When it was sent in: on its own day, or at the beginning."""
    facts = line[6] if len(line) > 6 else {}
    return max(BEGUN, facts.get("day", BEGUN))


def _sent_in(school: Any, place: int, name: str, kind: str, facts: dict[str, Any], people: Any, calendar: Any) -> Any:
    """An evidence with its file or link, by the teacher when it is a photograph."""
    from caitien.web.evidence import services
    from caitien.web.sample_papers import paper, stored

    by = people["giao-vien" if kind in ("jpeg", "png") else "thu-ky"]
    fields: dict[str, Any] = {n: facts[n] for n in ("number", "issuer", "place", "note", "sensitive") if n in facts}
    if "day" in facts:
        fields["date"] = calendar.day(facts["day"]).isoformat()
    if "until" in facts:
        fields["valid_until"] = calendar.day(facts["until"])
    made = services.create(school, by, name, **fields)
    if kind == "link":
        services.attach_link(made, facts["link"], name, by)
        return made
    number = facts.get("number", "không có")
    lines = [f"{school.name}", f"{name}.", f"Số, ký hiệu: {number}.", f"Tệp mẫu {place + 1}."]
    words = "" if kind in ("jpeg", "png") else "\n".join([name, *lines])
    file = stored(school, by, kind, paper(kind, name, lines), words)
    services.attach_file(made, file, f"{name[:60]}.{'jpg' if kind == 'jpeg' else kind}", by)
    return made


def _said_of(
    made: Any, criteria: list[str], state: str, facts: dict[str, Any], framework: Framework, plan: Any, people: Any
) -> str:
    """Its criteria, its state, the action that it proves. Gives its code."""
    from caitien.web.evidence import services
    from caitien.web.plans.models import Action

    secretary = people["thu-ky"]
    services.use(made, framework, criteria, secretary)
    if state != "submitted":
        services.take_step(made.school, made.pk, state, user=secretary, note=facts.get("why", ""))
    if content := facts.get("action"):
        rows = Action.objects.for_school(made.school).filter(plan=plan, content__startswith=content)
        if (action := rows.first()) is not None:
            expected = action.expected_evidence[0] if action.expected_evidence else ""
            services.prove_action(made, action, expected, secretary)
    return str(made.code)


def _write(
    made: Any, said: dict[str, Any], framework: Framework, codes: dict[str, str], people: Any, calendar: Any
) -> None:
    """Words, judgements, council, school data, and the steps of the sheets."""
    from caitien.web.assessments.editing import tell
    from caitien.web.assessments.models import AssessmentEvent, CriterionReview
    from caitien.web.assessments.values import store_words

    def cited(text: str) -> str:
        """The words with each run of keys as a citation in the framework's style, and a space before it."""
        return _KEYS.sub(
            lambda run: citation([codes[k] for k in re.findall(r"[a-z-]+", run[1])], framework.evidence), text
        )

    secretary, chair = people["thu-ky"], people["hieu-truong"]
    store_words(made, _value(said, cited, made.year.name, calendar), secretary)
    Kind = AssessmentEvent.Kind
    steps = {"submitted": [(Kind.SUBMITTED, secretary, "")]}
    steps["approved"] = [*steps["submitted"], (Kind.APPROVED, chair, "")]
    steps["returned"] = [
        *steps["submitted"],
        (Kind.RETURNED, chair, "Quy chế phối hợp đã hết hiệu lực, cần nêu rõ đang sửa và thay minh chứng."),
    ]
    for review in CriterionReview.objects.for_school(made.school).filter(assessment=made):
        review.assessment = made
        for kind, by, note in steps.get(review.state, []):
            tell(made, kind, by, note, review)


def _answer(made: Any, plan: Any, user: Any) -> None:
    """Some weaknesses are answered by an issue of the plan; the others wait for somebody to say."""
    from caitien.web.assessments.models import Weakness
    from caitien.web.assessments.weaknesses import answer
    from caitien.web.plans.models import Issue

    issues = list(Issue.objects.for_school(made.school).filter(plan=plan))
    for row in Weakness.objects.for_school(made.school).filter(assessment=made):
        own = next((one for one in issues if set(one.criteria) & set(row.criteria) & ANSWERED), None)
        if own is not None:
            row.assessment = made
            answer(row, own.pk, user=user)


def _value(said: dict[str, Any], cited: Any, year: str, calendar: Any) -> SelfAssessment:
    council = said["council"]
    decision = council["decision"]
    return SelfAssessment.model_validate(
        {
            "overview": said["overview"],
            "council": {
                "decision": {"number": decision["number"], "date": calendar.day(decision["days"]).isoformat()},
                "members": [
                    {"name": name, "position": post, "role": role, "tasks": tasks}
                    for name, post, role, tasks in council["members"]
                ],
                "groups": [
                    {
                        "name": name,
                        "kind": kind,
                        "leader": leader,
                        "members": members,
                        "criteria": criteria,
                        "tasks": tasks,
                    }
                    for name, kind, leader, members, criteria, tasks in council["groups"]
                ],
            },
            "criteria": [
                {
                    "code": code,
                    "writers": [writer],
                    "state": state,
                    "levels": [
                        {"level": level, "judged": judged or None, "description": cited(text) or None}
                        for level, (judged, text) in enumerate(levels, 1)
                    ],
                }
                for code, ((writer, state), *levels) in said["criteria"].items()
            ],
            "standards": [
                {
                    "code": code,
                    "strengths": [cited(text) for text in one["strengths"]],
                    "trend": one["trend"],
                    "priorities": one["priorities"],
                    "weaknesses": [
                        {"text": text, "cause": cause, "priority": priority, "criteria": criteria}
                        for text, cause, priority, criteria in one["weaknesses"]
                    ],
                }
                for code, one in said["standards"].items()
            ],
            "tables": [
                {"table": table, "cells": _cells(table, rows, year), "as_of": calendar.day(BEGUN).isoformat()}
                for table, rows in said["tables"].items()
            ],
        }
    )


def _cells(table: str, rows: dict[str, list[int]], year: str) -> dict[str, dict[str, int]]:
    from caitien.assessment.tables_loading import tables_for

    tables = tables_for(FRAMEWORK, "tieu_hoc")
    assert tables is not None
    found = next(one for one in tables.tables if one.id == table)
    columns = tables.columns(found, year)
    return {row: dict(zip(columns, numbers, strict=True)) for row, numbers in rows.items()}
