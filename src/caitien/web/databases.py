"""Which database: the embedded SQLite in the data folder, or PostgreSQL named by CAITIEN_DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_PRAGMAS = "; ".join(
    (
        "PRAGMA journal_mode=WAL",  # readers never wait for the writer
        "PRAGMA synchronous=NORMAL",  # safe with WAL: a power cut loses at most the last moments, never the file
        "PRAGMA foreign_keys=ON",
        "PRAGMA cache_size=-8000",  # 8 MB a connection
        "PRAGMA temp_store=MEMORY",
    )
)
SECONDS_TO_WAIT_FOR_A_LOCK = 20


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings of the database at `url`: "" (SQLite in `folder`), "sqlite:///PATH", "postgresql://user:password@host:port/name?sslmode=require"."""
    parts = urlsplit(url)
    if parts.scheme in ("", "sqlite"):
        return _sqlite(Path(unquote(parts.path.removeprefix("/"))) if parts.path else folder / "caitien.sqlite3")
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(
        f"CAITIEN_DATABASE_URL phải bắt đầu bằng sqlite: hoặc postgresql:, không phải {parts.scheme}:"
    )


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "init_command": SQLITE_PRAGMAS,
            "transaction_mode": "IMMEDIATE",  # a transaction that will write takes its lock first: no "database is locked"
            "timeout": SECONDS_TO_WAIT_FOR_A_LOCK,
        },
    }
