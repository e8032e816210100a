"""Addresses of a school."""

from __future__ import annotations

from django.urls import path

from caitien.web.schools import views

app_name = "schools"
urlpatterns = [path("", views.school_home, name="home")]
