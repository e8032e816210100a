"""Django's registration of the page parts."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "caitien.web.ui"
    label = "ui"
