"""Where a running Cải Tiến keeps its own things: database, files, secret key; never in the repository."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def data_folder() -> Path:
    """The data folder, made when it is not there.

    CAITIEN_DATA names it; else `var/` of the checkout that runs; else the platform's place for a user's data.
    """
    folder = Path(named) if (named := os.environ.get("CAITIEN_DATA")) else _default()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds names, plans and the secret key
    return folder.resolve()


def secret_key(folder: Path) -> str:
    """The key that signs sessions: CAITIEN_SECRET_KEY, or the one generated into the data folder on the first run."""
    if given := os.environ.get("CAITIEN_SECRET_KEY"):
        return given
    file = folder / "secret-key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if key := file.read_text().strip():
            return key
        descriptor = os.open(file, os.O_WRONLY | os.O_TRUNC, 0o600)  # a first run that was cut short
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(key)
    return key


def _default() -> Path:
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "run.py").exists() and (checkout / "pyproject.toml").exists():
        return checkout / "var"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "caitien"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "caitien"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "caitien"
