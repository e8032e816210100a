"""Schools, people and plans of the web tests: invented, small, and as ugly as real ones."""

from __future__ import annotations

import pytest
from django.test import Client

from web.invented import make_school, make_user, plan_value


@pytest.fixture(autouse=True)
def _sign_ins_are_counted_for_each_test_alone(request, settings):
    """The attempts of one test, or of a test on another worker, do not use up what a test may try in a minute."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    room = settings.CACHES["default"]["OPTIONS"]
    settings.CACHES = {"default": {"BACKEND": memory, "LOCATION": request.node.nodeid, "OPTIONS": room}}


@pytest.fixture
def school(db):
    return make_school("th-song-lam", "Trường Tiểu học Sông Lam")


@pytest.fixture
def other_school(db):
    return make_school("thcs-doi-thong", "Trường THCS Đồi Thông")


@pytest.fixture
def secretary(school):
    return make_user("thu-ky", "Lò Thị Mẩy", school, "secretary")


@pytest.fixture
def browser(secretary) -> Client:
    """A browser in which the secretary has signed in."""
    client = Client()
    client.force_login(secretary)
    return client


@pytest.fixture
def plan(school, secretary):
    from caitien.web.plans.values import store

    return store(school, plan_value(), secretary)


@pytest.fixture(autouse=True)
def jobs_are_done_at_once(settings):
    """No test starts a process by chance; those of the runner itself (web/jobs) turn this off."""
    settings.JOBS_AT_ONCE = True
