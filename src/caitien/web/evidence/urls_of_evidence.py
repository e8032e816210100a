"""Addresses of the list of evidence, one evidence, its health."""

from __future__ import annotations

from django.urls import URLPattern, path

from caitien.web.evidence.views import health, life, linking, listing, many, merge, of_action, one

HERE = "<uuid:evidence>/"

urlpatterns: list[URLPattern] = [
    path("", listing.evidence_list, name="list"),
    path("nhieu/", many.many, name="many"),
    path("nhieu/lay-lai/", many.undo, name="undo"),
    path("suc-khoe/", health.health, name="health"),
    path("cua-muc/<uuid:action>/", of_action.of_action, name="of_action"),
    path("da-bo/", life.removed, name="removed"),
    path(HERE, one.evidence, name="evidence"),
    path(f"{HERE}sua/", one.edit, name="edit"),
    path(f"{HERE}lich-su/", one.history, name="history"),
    path(f"{HERE}buoc/", life.step, name="step"),
    path(f"{HERE}bo/", life.remove, name="remove"),
    path(f"{HERE}lay-lai/", life.restore, name="restore"),
    path(f"{HERE}gop/", merge.merge, name="merge"),
    path(f"{HERE}tieu-chi/", linking.criteria, name="criteria"),
    path(f"{HERE}tep/<uuid:attachment>/bo/", linking.remove_attachment, name="remove_attachment"),
]
