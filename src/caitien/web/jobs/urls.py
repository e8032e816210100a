"""Addresses of jobs, below /truong/<school>/viec/."""

from __future__ import annotations

from django.urls import path

from caitien.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="list"),
    path("<uuid:job>/", views.job, name="job"),
    path("<uuid:job>/tep/", views.file, name="file"),
    path("<uuid:job>/thoi/", views.stop, name="stop"),
    path("<uuid:job>/lam-lai/", views.do_again, name="again"),
]
