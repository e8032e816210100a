"""Addresses of a criterion's page."""

from __future__ import annotations

from django.urls import path

from caitien.web.assessments.states import STEPS
from caitien.web.assessments.views.criterion import criterion
from caitien.web.assessments.views.criterion_comments import criterion_comment, criterion_comments
from caitien.web.assessments.views.criterion_evidence import criterion_cite, criterion_evidence, criterion_verify
from caitien.web.assessments.views.criterion_flow import (
    criterion_copy,
    criterion_requirements,
    criterion_writers,
    step_views,
)
from caitien.web.assessments.views.criterion_history import criterion_history, criterion_restore
from caitien.web.assessments.views.criterion_words import criterion_level, criterion_own, criterion_words

HERE = "tieu-chi/<str:code>/"

urlpatterns = [
    path(HERE, criterion, name="criterion"),
    path(f"{HERE}chu/", criterion_words, name="criterion_words"),
    path(f"{HERE}muc/<int:level>/", criterion_level, name="criterion_level"),
    path(f"{HERE}muc/<int:level>/chep/", criterion_copy, name="criterion_copy"),
    path(f"{HERE}phieu/", criterion_own, name="criterion_own"),
    path(f"{HERE}yeu-cau/", criterion_requirements, name="criterion_requirements"),
    path(f"{HERE}nguoi-viet/", criterion_writers, name="criterion_writers"),
    path(f"{HERE}vien-dan/", criterion_cite, name="criterion_cite"),
    path(f"{HERE}minh-chung/", criterion_evidence, name="criterion_evidence"),
    path(f"{HERE}xac-nhan/", criterion_verify, name="criterion_verify"),
    *(path(f"{HERE}buoc/{step.part}/", step_views[kind], name=f"criterion_{kind}") for kind, step in STEPS.items()),
    path(f"{HERE}trao-doi/", criterion_comments, name="criterion_comments"),
    path(f"{HERE}trao-doi/<uuid:comment>/", criterion_comment, name="criterion_comment"),
    path(f"{HERE}lich-su/", criterion_history, name="criterion_history"),
    path(f"{HERE}lich-su/<uuid:record>/lay-lai/", criterion_restore, name="criterion_restore"),
]
