"""Addresses. Everything a school owns stands below /truong/<school>/, so that one guard covers it."""

from __future__ import annotations

from django.conf.urls.i18n import urlpatterns as language_urls
from django.urls import include, path

from caitien.web.accounts.views.forgotten import ForgottenView
from caitien.web.schools.views.start import home, my_schools, roles_help

handler400 = "caitien.web.errors.bad_request"
handler403 = "caitien.web.errors.forbidden"
handler404 = "caitien.web.errors.not_found"
handler500 = "caitien.web.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("tai-khoan/password/reset/", ForgottenView.as_view(), name="account_reset_password"),
    path("tai-khoan/", include("allauth.urls")),
    path("ngon-ngu/", include(language_urls)),
    path("", include("caitien.web.ui.urls")),
    path("", include("caitien.web.accounts.urls")),
    path("tro-giup/vai-tro/", roles_help, name="roles_help"),
    path("", include("caitien.web.reminders.urls")),
    path("khung-tieu-chuan/", include("caitien.web.frameworks.urls")),
    path("truong/", my_schools, name="my_schools"),
    path("truong/<slug:school>/", include("caitien.web.schools.urls")),
    path("truong/<slug:school>/ke-hoach/", include("caitien.web.plans.urls")),
    path("truong/<slug:school>/tu-danh-gia/", include("caitien.web.assessments.urls")),
    path("truong/<slug:school>/minh-chung/", include("caitien.web.evidence.urls")),
    path("truong/<slug:school>/nhap/", include("caitien.web.documents.urls")),
    path("truong/<slug:school>/viec/", include("caitien.web.jobs.urls")),
]
