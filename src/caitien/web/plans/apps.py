"""The plans app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "caitien.web.plans"
    label = "plans"

    def ready(self) -> None:
        from caitien.web.plans import history_lines  # noqa: F401  (listens to the history)
