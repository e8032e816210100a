"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "caitien.web.documents"
    label = "documents"
