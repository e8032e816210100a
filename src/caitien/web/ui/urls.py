"""Addresses of the page parts."""

from __future__ import annotations

from django.urls import path

from caitien.web.ui import views

app_name = "ui"
urlpatterns = [path("giao-dien/", views.set_theme, name="theme")]
