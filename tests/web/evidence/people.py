"""Browsers of people in every role, and a judgement "met" that rests on one evidence: for tests of the pages of evidence."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from caitien.standards import load
from caitien.web.assessments import creating
from caitien.web.assessments.editing import save
from caitien.web.assessments.models import LevelReview
from caitien.web.evidence import services
from caitien.web.schools.models import SchoolYear
from web.evidence.rows import FRAMEWORK, make_evidence
from web.invented import make_user


def at(name: str, school: Any, *keys: Any) -> str:
    return reverse(f"evidence:{name}", args=[school.slug, *keys])


def signed_in(school: Any, role: str) -> Client:
    client = Client()
    client.force_login(make_user(f"{role}-minh-chung", f"Người {role}", school, role))
    return client


def words_of(answer: Any) -> str:
    """The page as text, one space between words."""
    import re
    from html import unescape

    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def make_assessment(school: Any, user: Any, year: str = "2026-2027") -> Any:
    return creating.create(school, SchoolYear.objects.create(school=school, name=year), load(FRAMEWORK), user)


def met_on_one(school: Any, user: Any, criterion: str = "1.3") -> tuple[Any, LevelReview]:
    """(verified evidence, the judgement "met" that stands on it alone)."""
    assessment = make_assessment(school, user)
    row = make_evidence(school, "Kế hoạch chuyển đổi số", criterion, user=user)
    services.take_step(school, row.pk, "verified", user=user)
    level = LevelReview.objects.get(review__assessment=assessment, criterion=criterion, level=1)
    words = {"description": f"Trường có kế hoạch ({row.code}).", "judged": "met"}
    level = save(level, words, seen=level.version, user=user, whatever_it_was=True).row
    row.refresh_from_db()
    return row, level
