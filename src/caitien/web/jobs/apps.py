"""The jobs app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "caitien.web.jobs"
    label = "jobs"
