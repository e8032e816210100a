"""The real settings, and the app that has the kinds of job of the tests."""

from caitien.web.settings import *  # noqa: F403
from caitien.web.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "web.jobs.sample"]
