"""The checklist of a framework as a file, written in a process of its own: the libraries for Word and PDF are large."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings

from caitien.errors import WritingError

SECONDS = 60


def written(framework_id: str, format: str) -> bytes:
    """The checklist in a format ("docx", "pdf", "xlsx"), with the official wording that is attached here. Raises WritingError."""
    module = "caitien.web.frameworks.paper_process"
    command = [sys.executable, "-X", "utf8", "-m", module, framework_id, format, str(settings.DATA)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS)  # noqa: S603  a known id and format
    except subprocess.TimeoutExpired:
        raise WritingError(f"Không viết xong phiếu đối chiếu trong {SECONDS} giây.") from None
    if done.returncode:
        raise WritingError(done.stderr.decode(errors="replace").strip()[-500:] or framework_id)
    return done.stdout
