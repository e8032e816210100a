"""What the benchmark of uploads needs of Django, in a process of its own: `python evidence_senders.py WHAT`.

prepare N   tables, a school, N teachers who have signed in; prints JSON: the school's slug, its key, cookies of sessions
kept        prints JSON: the sha256 that the database has -> the sha256 of what lies in the storage
"""

from __future__ import annotations

import hashlib
import json
import os
import sys


def main(what: str, *rest: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    print(json.dumps({"prepare": prepare, "kept": kept}[what](*rest)))


def prepare(count: str) -> dict[str, object]:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from caitien.web.accounts.models import User
    from caitien.web.schools.models import Membership, School

    call_command("migrate", verbosity=0)
    school = School.objects.create(slug="th-do-toc-do", name="Trường Tiểu học Đo Tốc Độ", level="tieu_hoc")
    cookies = []
    for number in range(int(count)):
        user = User.objects.create(username=f"giao-vien-{number}", password="!")
        Membership.objects.create(school=school, user=user, role="staff")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        cookies.append(session.session_key)
    return {"slug": school.slug, "cookies": cookies}


def kept() -> dict[str, str]:
    from caitien.web.evidence.models import Evidence, StoredFile

    found = {}
    for file in StoredFile.objects.filter(attachments__evidence__in=Evidence.objects.all()):
        with file.content.open("rb") as stream:
            found[file.sha256] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
