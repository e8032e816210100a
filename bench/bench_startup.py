"""Khởi động: dòng lệnh (cả tiến trình)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from timing import Figure, compared, paired_seconds

CAITIEN = Path(sys.executable).with_name("caitien.exe" if sys.platform == "win32" else "caitien")


def measure() -> dict[str, Figure]:
    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True)

    ours, bare = paired_seconds(
        lambda: run(str(CAITIEN), "--help"), lambda: run(sys.executable, "-c", "import argparse"), runs=9
    )
    listing, django = paired_seconds(
        lambda: run(str(CAITIEN), "standards"), lambda: run(sys.executable, "-m", "django", "--version")
    )
    return {
        "caitien --help": compared(ours, bare, "python -c 'import argparse'", aim="≤ 0,4 s"),
        "caitien standards": compared(listing, django, "python -m django --version"),
    }
