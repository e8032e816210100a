"""Brings the data folder to this version of the program: database tables, collected static files. Run by `caitien serve`."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

WEB = Path(__file__).resolve().parent
STAMP = "prepared"


def needed(folder: Path) -> str | None:
    """The stamp to leave after preparing; None when the folder is as this version wants it. Imports no Django."""
    wanted = _digest(folder)
    stamp = folder / STAMP
    there = "CAITIEN_DATABASE_URL" in os.environ or (folder / "caitien.sqlite3").exists()
    if there and (folder / "static" / "staticfiles.json").exists() and stamp.exists() and stamp.read_text() == wanted:
        return None
    return wanted


def prepare() -> None:
    """Migrates the database and collects the static files. Django's settings must not have been read before."""
    os.environ["CAITIEN_STATIC_COLLECTED"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def _digest(folder: Path) -> str:
    found = hashlib.sha256(os.environ.get("CAITIEN_DATABASE_URL", "").encode())
    found.update(b"oidc" if os.environ.get("CAITIEN_OIDC_URL") else b"")  # its tables are made when it is turned on
    for package in ("django", "django-allauth", "whitenoise"):
        found.update(version(package).encode())
    for file in sorted([*WEB.glob("*/migrations/*.py"), *(WEB / "static").rglob("*")]):
        state = file.stat()
        found.update(f"{file.relative_to(WEB)} {state.st_size} {state.st_mtime_ns}".encode())
    return found.hexdigest()


if __name__ == "__main__":
    prepare()
