"""The schools app."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "caitien.web.schools"
    label = "schools"
