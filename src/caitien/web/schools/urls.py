"""Addresses of a school."""

from __future__ import annotations

from django.urls import path

from caitien.web.schools.views import start

app_name = "schools"
urlpatterns = [path("", start.school_home, name="home")]
