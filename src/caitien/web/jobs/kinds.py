"""Kinds of job: one decorated function each, in a file `jobs_of_….py` of any app, found without being named anywhere."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.apps import apps

from caitien.web.schools.roles import Capability

if TYPE_CHECKING:
    from caitien.web.jobs.models import Job
    from caitien.web.jobs.progress import Progress

FILES = "jobs_of_"
"""How the names of the modules begin that hold kinds."""
AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job: a file to keep, or a page to go to (`address`), or a value; and a sentence (`words`).

    `file`: a path (best below `progress.folder`: it is moved, not copied), or an open binary file.
    `name`: what the file is called for the person; `content_type`: decided by us, never taken from an upload.
    """

    file: Path | BinaryIO | None = None
    name: str = ""
    content_type: str = "application/octet-stream"
    value: Any = None
    address: str = ""
    words: str = ""


Run = Callable[["Job", "Progress"], "Result | None"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job. `capability`: who may see it and have its file, besides reading the sentence of one's own job."""

    name: str
    run: Run
    capability: Capability
    only_own: bool = False
    behind: bool = False
    longest: int = AN_HOUR


_FOUND: dict[str, Kind] = {}


def job_kind(
    name: str, *, capability: Capability, only_own: bool = False, behind: bool = False, longest: int = AN_HOUR
) -> Callable[[Run], Kind]:
    """Makes `def run(job, progress) -> Result` a kind of job.

    `capability`: who may see the job and have its file. `only_own`: of these only who asked for it (what the file holds
    depends on who asks). `behind`: nobody waits for it, so it comes after jobs that somebody waits for. `longest`:
    seconds after which it is stopped. The module is imported by the web server too: import what is heavy in `run`.
    """

    def registered(run: Run) -> Kind:
        other = _FOUND.get(name)
        if other is not None and other.run.__module__ != run.__module__:
            raise ValueError(f"two kinds of job are called {name}: {other.run.__module__}, {run.__module__}")
        kind = Kind(name, run, capability, only_own, behind, longest)
        _FOUND[name] = kind
        return kind

    return registered


def kind_of(name: str) -> Kind | None:
    """The kind of this name; None when this version of the program does not have it."""
    _discover()
    return _FOUND.get(name)


def kinds() -> dict[str, Kind]:
    """Every kind by its name."""
    _discover()
    return dict(_FOUND)


@cache
def _discover() -> None:
    """Imports the modules `jobs_of_….py` of all apps, once, when the first job is asked for."""
    for app in apps.get_app_configs():
        for module in pkgutil.iter_modules(getattr(app.module, "__path__", [])):
            if module.name.startswith(FILES):
                import_module(f"{app.name}.{module.name}")
