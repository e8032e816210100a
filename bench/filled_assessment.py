"""Fills a database with an invented school whose self-assessment is written: `filled_assessment.py`, in the settings' environment.

15 criteria, 140 evidences, a hundred pages of text. Prints, as JSON, where its pages are, a session that sees them, their queries.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]
PAGES = ("board", "coverage")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    from django.urls import reverse

    from caitien.web.accounts.models import User
    from caitien.web.schools.models import Membership, School
    from many_schools import USERNAME, session
    from web.assessments.filled import filled

    school = School.objects.create(slug="thcs-do-dac", name="Trường THCS Đo Đạc", level="thcs")
    user = User.objects.create(username=USERNAME, full_name="Lò Thị Đo", is_staff=True, is_superuser=True)
    Membership.objects.create(school=school, user=user, role="secretary")
    assessment = filled(school, user)
    cookie = session()
    pages = {name: reverse(f"assessments:{name}", args=[school.slug, assessment.pk]) for name in PAGES}
    print(json.dumps({"pages": pages, "cookie": cookie, "queries": {n: counted(p, cookie) for n, p in pages.items()}}))


def counted(path: str, cookie: str) -> int:
    """How many queries a page asks."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS.append("testserver")
    client: Any = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        if client.get(path).status_code != 200:
            raise SystemExit(f"{path} không mở được")
    return len(queries)


if __name__ == "__main__":
    main()
