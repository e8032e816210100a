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
BEGUN = -76
"""Days from today: the self-assessment is begun."""
_KEYS = re.compile(r"((?:\{[a-z-]+\})+)")


def live(school: Any, people: dict[str, Any], calendar: Any) -> None:
    """The school's evidence and self-assessment of this year, once."""
    import yaml

    from caitien.standards import load
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
        codes = _evidence(school, said["evidence"], framework, plan, people, calendar)
        with calendar.at(BEGUN):
            _assessment(school, plan.year, said, framework, codes, people, calendar)


def _evidence(
    school: Any, said: dict[str, Any], framework: Framework, plan: Any, people: dict[str, Any], calendar: Any
) -> dict[str, str]:
    """Made, with files, codes and states. Gives key -> code."""
    from caitien.web.evidence import services
    from caitien.web.plans.models import Action
    from caitien.web.sample_papers import paper, stored

    secretary, teacher = people["thu-ky"], people["giao-vien"]
    codes = {}
    for place, (key, (criteria, name, kind, state, *more)) in enumerate(said.items()):
        facts = more[0] if more else {}
        by = teacher if kind in ("jpeg", "png") else secretary
        fields: dict[str, Any] = {n: facts[n] for n in ("number", "issuer", "place", "note", "sensitive") if n in facts}
        if "day" in facts:
            fields["date"] = calendar.day(facts["day"]).isoformat()
        if "until" in facts:
            fields["valid_until"] = calendar.day(facts["until"])
        made = services.create(school, by, name, **fields)
        if kind == "link":
            services.attach_link(made, facts["link"], name, by)
        else:
            lines = [
                f"{school.name}",
                f"{name}.",
                f"Số, ký hiệu: {facts.get('number', 'không có')}.",
                f"Tệp mẫu {place + 1}.",
            ]
            ending = "jpg" if kind == "jpeg" else kind
            words = "" if kind in ("jpeg", "png") else "\n".join([name, *lines])
            services.attach_file(
                made, stored(school, by, kind, paper(kind, name, lines), words), f"{name[:60]}.{ending}", by
            )
        services.use(made, framework, [*criteria, *facts.get("also", [])], secretary)
        if state == "expired":
            services.take_step(school, made.pk, "expired", user=secretary)
        elif state != "submitted":
            services.take_step(school, made.pk, state, user=secretary, note=facts.get("why", ""))
        if content := facts.get("action"):
            rows = Action.objects.for_school(school).filter(plan=plan, content__startswith=content)
            if (action := rows.first()) is not None:
                expected = action.expected_evidence[0] if action.expected_evidence else ""
                services.prove_action(made, action, expected, secretary)
        codes[key] = made.code
    return codes


def _assessment(
    school: Any,
    year: Any,
    said: dict[str, Any],
    framework: Framework,
    codes: dict[str, str],
    people: Any,
    calendar: Any,
) -> None:
    from caitien.web.assessments import creating
    from caitien.web.assessments.editing import tell
    from caitien.web.assessments.models import AssessmentEvent, CriterionReview
    from caitien.web.assessments.values import store_words

    def cited(text: str) -> str:
        """The words with each run of keys as a citation in the framework's style, and a space before it."""
        return _KEYS.sub(
            lambda run: citation([codes[k] for k in re.findall(r"[a-z-]+", run[1])], framework.evidence), text
        )

    secretary, chair = people["thu-ky"], people["hieu-truong"]
    made = creating.create(school, year, framework, secretary)
    store_words(made, _value(said, cited, year.name, calendar), secretary)
    Kind = AssessmentEvent.Kind
    steps = {"submitted": [(Kind.SUBMITTED, secretary, "")]}
    steps["approved"] = [*steps["submitted"], (Kind.APPROVED, chair, "")]
    steps["returned"] = [
        *steps["submitted"],
        (Kind.RETURNED, chair, "Quy chế phối hợp đã hết hiệu lực, cần nêu rõ đang sửa và thay minh chứng."),
    ]
    for review in CriterionReview.objects.for_school(school).filter(assessment=made):
        review.assessment = made
        for kind, by, note in steps.get(review.state, []):
            tell(made, kind, by, note, review)


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
