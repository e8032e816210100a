"""A lower secondary school whose tables are known, its self-assessment, and a secretary before them."""

from __future__ import annotations

import pytest

from web.assessments.made import assess
from web.invented import make_school, make_user


@pytest.fixture
def school(db):
    made = make_school("thcs-nam-ngan", "Trường THCS Nậm Ngàn")
    made.level = "thcs"
    made.save()
    return made


@pytest.fixture
def assessment(school, secretary):
    return assess(school, secretary)


@pytest.fixture
def colleague(school):
    return make_user("thanh-vien", "Vàng A Sử", school, "member")
