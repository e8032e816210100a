"""Gói minh chứng 2 GB: thời gian, bộ nhớ lớn nhất của tiến trình đóng gói, kiểm tra lại gói."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import Figure, compared, seconds

FILES, MB = 200, 10  # 200 files of 10 MB
AGAINST = "shutil.make_archive cùng các tệp"

OURS = """
import hashlib, os, resource, sys, tempfile
from pathlib import Path
folder, out, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
os.environ["CAITIEN_DATA"] = tempfile.mkdtemp(dir=folder)
os.environ["DJANGO_SETTINGS_MODULE"] = "caitien.web.settings"
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.conf import settings
settings.MEDIA_ROOT = str(folder / "files")
from caitien.standards import load
from caitien.web.assessments import creating
from caitien.web.evidence import services
from caitien.web.evidence.models import Attachment, StoredFile
from caitien.web.evidence.packages import Wanted, pack
from caitien.web.schools.models import School, SchoolYear
framework = load("tt57-2026-pho-thong")
school = School.objects.create(slug="a", name="A", level="thcs")
year = SchoolYear.objects.create(school=school, name="2026-2027")
assessment = creating.create(school, year, framework, None)
codes = list(framework.codes)
for n, file in enumerate(sorted((folder / "files").iterdir())[:count]):
    row = services.create(school, None, f"Minh chứng {n}")
    stored = StoredFile.objects.create(school=school, sha256=f"{n:064x}", size=file.stat().st_size, kind="pdf",
        content_type="application/pdf", content=file.name)
    Attachment.objects.create(school=school, evidence=row, name=file.name, file=stored)
    services.use(row, framework, [codes[n % len(codes)]], None)
import time
started = time.perf_counter()
made = pack(out, assessment, framework, Wanted(), None)
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, made.size)
"""
THEIRS = """
import shutil, sys, time
started = time.perf_counter()
shutil.make_archive(sys.argv[2], "zip", sys.argv[1])
print(time.perf_counter() - started)
"""


def measure() -> dict[str, Figure]:
    """Files of random bytes, as PDFs and photographs are to a packer. Memory: the peak of the whole process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "files").mkdir()
        block = os.urandom(1 << 20)
        for n in range(FILES):
            with (folder / "files" / f"tep-{n:03d}.pdf").open("wb") as file:
                for piece in range(MB):
                    file.write(n.to_bytes(2, "big") + piece.to_bytes(2, "big") + block[4:])
        out = folder / "goi.zip"
        ours = _run(OURS, folder, out, FILES)
        took, memory, size = float(ours[0]), int(ours[1]), int(ours[2])
        checked = _check(out)
        out.unlink()
        few = int(_run(OURS, folder, out, 5)[1])
        out.unlink()
        theirs = float(_run(THEIRS, folder / "files", folder / "khac")[0])
        return {
            "gói 2 GB minh chứng": compared(took, theirs, AGAINST),
            "bộ nhớ lớn nhất khi đóng gói": {
                "value": round(memory / 1024),
                "unit": "MB",
                "against": "cùng việc với 50 MB minh chứng",
                "ratio": round(memory / few, 2),
                "aim": "≤ 200 MB",
            },
            "kích thước các tệp trong gói": {"value": round(size / 1e9, 2), "unit": "GB"},
            "caitien evidence check gói 2 GB": seconds(checked),
        }


def _run(program: str, *arguments: object) -> list[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def _check(package: Path) -> float:
    import time

    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "caitien.cli", "evidence", "check", str(package)], check=True, capture_output=True
    )
    return time.perf_counter() - started
