"""Users: people who sign in. One user can belong to several schools; what she may do is said by her memberships."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from caitien.web.ids import new_id


class User(AbstractUser):
    """A person with an account. Vietnamese names are kept whole: family name first, never cut in two."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    full_name = models.CharField("họ và tên", max_length=200, blank=True)
    first_name = None
    last_name = None

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        """The given name, which Vietnamese puts last."""
        return self.get_full_name().rsplit(" ", 1)[-1]

    def __str__(self) -> str:
        return self.get_full_name()
