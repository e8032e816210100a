"""The assessments app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AssessmentsConfig(AppConfig):
    name = "caitien.web.assessments"
    label = "assessments"

    def ready(self) -> None:
        from caitien.web.assessments.guards import put_up, take_down

        pre_migrate.connect(take_down, sender=self)
        post_migrate.connect(put_up, sender=self)
