"""A criterion's sheet for tests: its rows, its addresses, evidence made and verified, words sent as the script sends them."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse

from caitien.standards import load
from caitien.web.assessments.models import CriterionReview, LevelReview
from caitien.web.evidence import services
from web.assessments.made import FRAMEWORK, assess


class Sheet:
    """The sheet of criterion 1.3 (or `code`) of a new assessment."""

    def __init__(self, school: Any, user: Any, code: str = "1.3", framework: str = FRAMEWORK, year: str = "2026-2027"):
        self.school, self.user, self.code, self.framework = school, user, code, load(framework)
        self.assessment = assess(school, user, framework=framework, year=year)

    @property
    def review(self) -> CriterionReview:
        return CriterionReview.objects.get(assessment=self.assessment, code=self.code)

    def level(self, number: int = 1) -> LevelReview:
        return LevelReview.objects.get(review__assessment=self.assessment, criterion=self.code, level=number)

    def url(self, name: str = "criterion", **more: Any) -> str:
        return reverse(
            f"assessments:{name}",
            kwargs={"school": self.school.slug, "assessment": self.assessment.pk, "code": self.code, **more},
        )

    def evidence(self, name: str, *, criterion: str | None = "", state: str = "") -> Any:
        """Evidence of the criterion; `criterion` None: of none. `state`: a step taken at once ("verified")."""
        made = services.create(self.school, self.user, name)
        if criterion is not None:
            services.use(made, self.framework, [criterion or self.code], self.user)
        if state:
            made = services.take_step(self.school, made.pk, state, user=self.user, note="Thiếu chữ ký")
        made.refresh_from_db()
        return made

    def send(self, client: Any, *cells: dict[str, Any], **more: Any) -> Any:
        """Words as the script sends them; each cell: {row, field?, words, version, …}."""
        sent = [
            {"action": str(cell.pop("row").pk), "field": "description", **cell} for cell in (dict(one) for one in cells)
        ]
        body = json.dumps({"cells": sent})
        return client.post(self.url("criterion_words"), body, content_type="application/json", **more)

    def form(self, client: Any, number: int = 1, **words: Any) -> Any:
        """The plain form of a level."""
        level = self.level(number)
        sent = {"version": level.version, "description": level.description, "judged": level.judged, **words}
        return client.post(self.url("criterion_level", level=number), sent)
