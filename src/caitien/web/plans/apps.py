"""The plans app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "caitien.web.plans"
    label = "plans"
