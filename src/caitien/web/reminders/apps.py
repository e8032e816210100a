"""The application of Django."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "caitien.web.reminders"
    label = "reminders"
