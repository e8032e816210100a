"""Addresses of the words of the whole report, its documents, its approval."""

from __future__ import annotations

from django.urls import path

from caitien.web.assessments.views.approval import approval, publish, reopen
from caitien.web.assessments.views.documents import documents, doubts, paper
from caitien.web.assessments.views.report import report, report_part

urlpatterns = [
    path("bao-cao/", report, name="report"),
    path("van-ban/", documents, name="documents"),
    path("van-ban/soat/", doubts, name="doubts"),
    path("van-ban/<slug:form>.<slug:format>", paper, name="paper"),
    path("phe-duyet/", approval, name="approval"),
    path("phe-duyet/cong-khai/", publish, name="publish"),
    path("phe-duyet/mo-lai/", reopen, name="reopen"),
    path("bao-cao/<slug:part>/", report_part, name="report_part"),
]
