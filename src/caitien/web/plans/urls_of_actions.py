"""Addresses of actions, below the address of their plan."""

from __future__ import annotations

from django.urls import include, path

from caitien.web.plans.views.action import action, action_edit, action_field
from caitien.web.plans.views.comments import comment_edit, comment_remove, comments
from caitien.web.plans.views.editor_lists import budget_lines, indicator_values, split_budget
from caitien.web.plans.views.links import links
from caitien.web.plans.views.one_row import action_new, duplicate, remove
from caitien.web.plans.views.photos import photo, photo_remove, photo_small
from caitien.web.plans.views.progress import progress
from caitien.web.plans.views.ticks import add_line, evidence_item, tick

of_an_action = [
    path("", action, name="action"),
    path("sua/", action_edit, name="action_edit"),
    path("sua/<slug:field>/", action_field, name="action_field"),
    path("them-dong/<slug:field>/", add_line, name="add_line"),
    path("bien-phap/", tick, name="tick"),
    path("minh-chung/", evidence_item, name="evidence_item"),
    path("chi-so/", indicator_values, name="indicator_values"),
    path("kinh-phi/", budget_lines, name="budget_lines"),
    path("kinh-phi/tach/", split_budget, name="split_budget"),
    path("lien-ket/", links, name="links"),
    path("tien-do/", progress, name="progress"),
    path("anh/<uuid:photo>/", photo, name="photo"),
    path("anh/<uuid:photo>/nho/", photo_small, name="photo_small"),
    path("anh/<uuid:photo>/bo/", photo_remove, name="photo_remove"),
    path("trao-doi/", comments, name="comments"),
    path("trao-doi/<uuid:comment>/", comment_edit, name="comment_edit"),
    path("trao-doi/<uuid:comment>/rut-lai/", comment_remove, name="comment_remove"),
    path("nhan-ban/", duplicate, name="duplicate"),
    path("bo/", remove, name="remove"),
]
urlpatterns = [
    path("muc/moi/", action_new, name="action_new"),
    path("muc/<uuid:action>/", include(of_an_action)),
]
