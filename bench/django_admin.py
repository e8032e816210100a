"""The alternative that the plan page is measured against: Django's own admin list of the same sixty rows, same database."""

from __future__ import annotations

import os

os.environ["CAITIEN_STATIC_COLLECTED"] = "0"

from caitien.web.settings import *  # noqa: F403
from caitien.web.settings import INSTALLED_APPS, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
TEMPLATES[0]["APP_DIRS"] = True
ROOT_URLCONF = "django_admin_urls"
