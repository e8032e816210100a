"""The switch between the views of a plan keeps what the reader asked to see."""

from __future__ import annotations

from django.http import QueryDict

from caitien.web.plans.templatetags.plan_views import filters_in_force


def test_filters_go_along():
    asked = QueryDict("tim=phòng+học&loc=overdue&nguoi=")
    assert filters_in_force(asked) == "?tim=ph%C3%B2ng+h%E1%BB%8Dc&loc=overdue"


def test_what_belongs_to_one_view_stays_there():
    assert filters_in_force(QueryDict("thang=2026-11&xep=han")) == ""


def test_a_view_adds_its_own():
    assert filters_in_force(QueryDict("loc=done"), thang="2026-11") == "?loc=done&thang=2026-11"


def test_no_filter_is_a_clean_address():
    assert filters_in_force(QueryDict("tim=&loc=")) == ""
