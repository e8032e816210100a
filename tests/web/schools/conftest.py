"""People of a school for the tests of its own pages: a chair, a secretary, a teacher, each in a browser."""

from __future__ import annotations

import pytest
from django.test import Client

from caitien.web.schools.models import Membership, Person
from web.invented import make_user


@pytest.fixture(autouse=True)
def attempts_are_counted_apart(settings, tmp_path):
    """Wrong codes of one test are not counted against the next."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def chair(school):
    return make_user("hieu-truong", "Hà Thị Ngần", school, "chair")


@pytest.fixture
def chairs_browser(chair) -> Client:
    return signed_in(chair)


@pytest.fixture
def teacher(school):
    return make_user("giao-vien", "Vi Thị Sim", school, "staff")


@pytest.fixture
def teachers_browser(teacher) -> Client:
    return signed_in(teacher)


@pytest.fixture
def chair_member(school, chair) -> Membership:
    return Membership.objects.get(school=school, user=chair)


@pytest.fixture
def sim(school) -> Person:
    return Person.objects.create(school=school, name="Vi Thị Sim", role_title="Giáo viên")


def said(response) -> str:
    """The words of a page, without its marks."""
    import html
    import re

    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
