"""Addresses of frameworks, below /khung-tieu-chuan/: of no school, for everybody who signed in."""

from __future__ import annotations

from django.urls import include, path

from caitien.web.frameworks.views.attach import attach, forget
from caitien.web.frameworks.views.browse import criterion, framework, framework_json, frameworks
from caitien.web.frameworks.views.checklist import checklist
from caitien.web.frameworks.views.compare import compare
from caitien.web.frameworks.views.own import own_frameworks, remove_own
from caitien.web.frameworks.views.search import search
from caitien.web.frameworks.views.try_levels import try_levels

app_name = "frameworks"

of_a_framework = [
    path("", framework, name="framework"),
    path("json/", framework_json, name="framework_json"),
    path("phieu.<slug:format>", checklist, name="checklist"),
    path("tieu-chi/<str:code>/", criterion, name="criterion"),
    path("tinh-thu/", try_levels, name="try_levels"),
    path("van-ban/", attach, name="attach"),
    path("van-ban/go/", forget, name="forget"),
]
urlpatterns = [
    path("", frameworks, name="list"),
    path("tim/", search, name="search"),
    path("so-sanh/", compare, name="compare"),
    path("khung-rieng/", own_frameworks, name="own"),
    path("khung-rieng/<slug:framework>/bo/", remove_own, name="remove_own"),
    path("<slug:framework>/", include(of_a_framework)),
]
