"""What a school owns: the base of every model whose rows belong to one school, and the queries that keep schools apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models

from caitien.web.ids import new_id


class CrossSchoolError(ValueError):
    """A row of one school was about to point at a row of another: a mistake of the program, never stored."""


class SchoolOwnedQuerySet(models.QuerySet):
    """Queries name the school first, so that a database spread by school asks one place only."""

    def for_school(self, school: Any) -> Self:
        return self.filter(school=school)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            row.check_one_school()
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        for row in rows:
            row.check_one_school()
        return super().bulk_update(rows, *args, **kwargs)


class SchoolOwned(models.Model):
    """A row that one school owns. Its foreign keys stay in that school, or point at a shared table (School, User)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")

    objects = SchoolOwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.check_one_school(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def check_one_school(self, names: Iterable[str] | None = None) -> None:
        """Raises CrossSchoolError when a foreign key of this row points into another school.

        `names`: the fields that are written (None: all); the others point where they pointed when they were.
        """
        for field in self._meta.concrete_fields:
            if names is not None and field.name not in names and field.attname not in names:
                continue
            model = field.related_model
            if not (field.is_relation and isinstance(model, type) and issubclass(model, SchoolOwned)):
                continue
            if (key := getattr(self, field.attname)) is None:
                continue
            other = field.get_cached_value(self, default=None)
            # A row that is not in memory is looked up with the school in the query: what is not there is not ours.
            if other is not None:
                same = other.school_id == self.school_id
            else:
                same = model._base_manager.filter(pk=key, school_id=self.school_id).exists()
            if not same:
                raise CrossSchoolError(f"{self._meta.label}.{field.name}: {key} is not of school {self.school_id}")
