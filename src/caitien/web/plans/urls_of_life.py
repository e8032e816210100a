"""Addresses of a plan's life: its states, amendments, versions, documents, below /truong/<school>/ke-hoach/<plan>/."""

from __future__ import annotations

from django.urls import path

from caitien.web.plans.views.amendments import (
    amendment_drop,
    amendment_end,
    amendment_file,
    amendments,
    amendments_file,
)
from caitien.web.plans.views.export import action_sheet, documents, report
from caitien.web.plans.views.life import ADDRESSES, life, step_views
from caitien.web.plans.views.versions import (
    version,
    version_compare,
    version_export,
    version_restore,
    version_undo,
    versions,
)

urlpatterns = [
    path("vong-doi/", life, name="life"),
    *(path(f"vong-doi/{part}/", step_views[kind], name=f"step_{kind}") for kind, part in ADDRESSES.items()),
    path("dieu-chinh/", amendments, name="amendments"),
    path("dieu-chinh/bang.<slug:format>", amendments_file, name="amendments_file"),
    path("dieu-chinh/<uuid:amendment>/bang.<slug:format>", amendment_file, name="amendment_file"),
    path("dieu-chinh/<uuid:amendment>/xong/", amendment_end, name="amendment_end"),
    path("dieu-chinh/<uuid:amendment>/bo/", amendment_drop, name="amendment_drop"),
    path("van-ban/", documents, name="documents"),
    path("van-ban/bao-cao-ket-qua/", report, name="report"),
    path("muc/<uuid:action>/phieu.<slug:format>", action_sheet, name="action_sheet"),
    path("cac-ban/", versions, name="versions"),
    path("cac-ban/so/", version_compare, name="version_compare"),
    path("cac-ban/hoan-tac/<uuid:batch>/", version_undo, name="version_undo"),
    path("cac-ban/<slug:moment>/", version, name="version"),
    path("cac-ban/<slug:moment>/khoi-phuc/", version_restore, name="version_restore"),
    path("cac-ban/<slug:moment>/xuat/<slug:form>.<slug:format>", version_export, name="version_export"),
]
