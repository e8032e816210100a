"""The official text of a framework in this installation: read apart, compared, kept with its report, taken off again."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from caitien.errors import FrameworkError, ReadingError
from caitien.reading.limits import DEFAULT_LIMITS
from caitien.reading.refusals import refuse

if TYPE_CHECKING:
    from caitien.standards import OfficialText

log = logging.getLogger(__name__)

SECONDS = 60  # a whole circular with its annexes is longer than a plan
SECONDS_TO_START = 3


def attached(framework_id: str) -> OfficialText | None:
    """The official text of a framework; None when there is none, or when its file is damaged (the log says so)."""
    from caitien.standards import official_text

    try:
        return official_text(framework_id, Path(settings.DATA))
    except FrameworkError as error:
        log.error("%s", error)
        return None


def attach(framework_id: str, name: str, content: bytes, by: str) -> None:
    """Read a circular in a process of its own, compare it and keep it. Raises ReadingError, FrameworkError; then nothing changed.

    `name`: of the file, for people. `by`: who does it, for the record beside the text.
    """
    if len(content) > DEFAULT_LIMITS.file_bytes:
        size, limit = (round(n / 1024 / 1024) for n in (len(content), DEFAULT_LIMITS.file_bytes))
        raise refuse("too_large", size=size, limit=limit)
    module = "caitien.web.frameworks.attach_process"
    command = [sys.executable, "-X", "utf8", "-m", module, framework_id, name, str(settings.DATA), str(SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603  our own module; the file comes by pipe, no shell sees its name
            command, input=content, capture_output=True, timeout=SECONDS + SECONDS_TO_START
        )
    except subprocess.TimeoutExpired:
        raise refuse("too_slow", seconds=SECONDS) from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        log.error("reading %s stopped with %s: %s", name, done.returncode, done.stderr.decode(errors="replace")[-2000:])
        raise refuse("too_much_memory" if b"MemoryError" in done.stderr else "crashed") from None
    if "refused" in answer:
        raise ReadingError(answer["refused"], code=answer["code"])
    if "not_this" in answer:
        raise FrameworkError(answer["not_this"])
    record = {"at": timezone.now().isoformat(), "by": by, "report": answer["report"]}
    _record(framework_id).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def record_of(framework_id: str) -> dict[str, Any] | None:
    """{"at", "by", "report"} of the attached text; None when there is none, or it came by the command line."""
    try:
        record: dict[str, Any] = json.loads(_record(framework_id).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record


def forget(framework_id: str) -> bool:
    """Take the official text off again. False when there was none."""
    from caitien.standards import forget_official

    _record(framework_id).unlink(missing_ok=True)
    return forget_official(framework_id, Path(settings.DATA))


def _record(framework_id: str) -> Path:
    return Path(settings.DATA) / "official" / f"{framework_id}.report.json"
