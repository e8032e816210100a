"""The evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "caitien.web.evidence"
    label = "evidence"
