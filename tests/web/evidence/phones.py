"""Six phones at one moment, in a process of its own: `python -m web.evidence.phones`; prints what became of it as JSON."""

from __future__ import annotations

import hashlib
import io
import json
import os
import threading
from typing import Any

PHONES = 6


def main() -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from web.evidence import files
    from web.invented import make_school, make_user

    settings.JOBS_AT_ONCE = False
    call_command("migrate", verbosity=0)
    told = {}
    for kind in ("same", "group"):
        school = make_school(f"th-{kind}", "Trường Nhiều Tay")
        user = make_user(f"co-giao-{kind}", "Nông Thị Mơ", school, "staff")
        contents = [files.pdf("mot" if kind == "same" else f"trang {number}") for number in range(PHONES)]
        told[kind] = at_once(school, user, contents, {"group": "mot"} if kind == "group" else {})
    return told


def at_once(school: Any, user: Any, contents: list[bytes], purpose: dict[str, str]) -> dict[str, Any]:
    """Every file has arrived; now all end at the same moment."""
    from django.db import connection

    from caitien.web.evidence import uploads
    from caitien.web.evidence.models import Attachment, Evidence, StoredFile, Upload

    uploads._words_wanted = lambda *_: None  # nobody reads the words here
    begun = []
    for number, content in enumerate(contents):
        upload = uploads.begin(school, user, f"may-{number}.pdf", len(content), dict(purpose))
        uploads.add(upload, 0, io.BytesIO(content), len(content), seconds=10)
        begun.append(upload)
    start, failures = threading.Barrier(len(begun)), []

    def finish(upload: Upload) -> None:
        try:
            start.wait()
            uploads.finish(upload, user)
        except BaseException as error:
            failures.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=finish, args=(one,)) for one in begun]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = list(StoredFile.objects.for_school(school))
    return {
        "failures": failures,
        "files": len(stored),
        "evidence": Evidence.objects.for_school(school).count(),
        "attachments": Attachment.objects.for_school(school).count(),
        "asked": Upload.objects.for_school(school).filter(state="done", evidence=None).count(),
        "whole": all(_sum(one) == one.sha256 for one in stored),
    }


def _sum(file: Any) -> str:
    with file.content.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


if __name__ == "__main__":
    print(json.dumps(main()))
