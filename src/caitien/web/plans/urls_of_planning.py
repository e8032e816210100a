"""Addresses of what is round the actions of a plan: the next year, decisions, issues, the head, a weakness over the years."""

from __future__ import annotations

from django.urls import path

from caitien.web.plans.views.decisions import decisions
from caitien.web.plans.views.head import head, head_part
from caitien.web.plans.views.issues import issue, issue_add, issue_edit, issues
from caitien.web.plans.views.new_plan import new_plan
from caitien.web.plans.views.next_year import next_year, undo_all
from caitien.web.plans.views.weaknesses import weaknesses

urlpatterns = [
    path("nam-sau/", next_year, name="next_year"),
    path("can-quyet-dinh/", decisions, name="decisions"),
    path("thong-tin/", head, name="head"),
    path("thong-tin/<slug:part>/", head_part, name="head_part"),
    path("van-de/", issues, name="issues"),
    path("van-de/them/", issue_add, name="issue_add"),
    path("van-de/<uuid:issue>/", issue, name="issue"),
    path("van-de/<uuid:issue>/sua/", issue_edit, name="issue_edit"),
    path("hoan-tac/ca-lo/<uuid:batch>/", undo_all, name="undo_all"),
]

of_a_school = [
    path("lap-moi/", new_plan, name="new"),
    path("diem-yeu/", weaknesses, name="weaknesses"),
]
"""Not below a plan: they stand beside `<uuid:plan>/`."""
