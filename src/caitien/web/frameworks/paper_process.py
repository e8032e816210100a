"""Writes one checklist: id of the framework, format and data folder as arguments, the file on standard output. Knows no Django."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path


def main() -> None:
    from caitien.errors import FrameworkError
    from caitien.standards import load, official_text
    from caitien.writing.checklist import framework_checklist

    framework_id, format, folder = sys.argv[1:4]
    official = None
    with contextlib.suppress(FrameworkError):  # an attached text that is damaged costs its wording, not the paper
        official = official_text(framework_id, Path(folder))
    sys.stdout.buffer.write(framework_checklist(load(framework_id), format, official))


if __name__ == "__main__":
    main()
