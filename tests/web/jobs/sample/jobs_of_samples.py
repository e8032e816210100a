"""Kinds of job that only the tests have: what a job may do, and all that may go wrong with it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from caitien.errors import WritingError
from caitien.web.jobs.kinds import Result, job_kind
from caitien.web.schools.roles import Capability


@job_kind("sample-file", capability=Capability.EDIT_PLAN)
def sample_file(job, progress):
    """A file of `size` bytes."""
    made = progress.folder / "x.bin"
    with made.open("wb") as out:
        for piece in range(pieces := job.arguments.get("size", 10) // 10):
            out.write(b"0123456789")
            progress(piece, pieces, "Đang ghi")
    return Result(file=made, name=job.arguments.get("name", "Gói minh chứng.zip"), content_type="application/zip")


@job_kind("sample-own", capability=Capability.VIEW_PLAN, only_own=True)
def sample_own(job, progress):
    made = progress.folder / "x.txt"
    made.write_text("của tôi")
    return Result(file=made, name="cua-toi.txt", content_type="text/plain")


@job_kind("sample-page", capability=Capability.VIEW_PLAN)
def sample_page(job, progress):
    return Result(address=job.arguments["address"], value={"dead": 3}, words="Đã kiểm tra 12 liên kết: 3 hỏng")


@job_kind("sample-refused", capability=Capability.VIEW_PLAN)
def sample_refused(job, progress):
    raise WritingError("Chưa có minh chứng nào. Hãy thêm minh chứng rồi gói lại.")


@job_kind("sample-fault", capability=Capability.VIEW_PLAN)
def sample_fault(job, progress):
    raise ZeroDivisionError("secret detail")


@job_kind("sample-slow", capability=Capability.VIEW_PLAN)
def sample_slow(job, progress):
    """Goes on for `seconds`, saying so; leaves a line in the file `told` for each beginning and each end."""
    told = Path(job.arguments["told"]) if "told" in job.arguments else Path(os.devnull)
    with told.open("a") as out:
        out.write(f"begun {job.arguments.get('number', '')}\n")
    steps = int(job.arguments.get("seconds", 1) * 20)
    for step in range(steps):
        progress(step, steps, f"Đang làm bước {step}")
        time.sleep(0.05)
    with told.open("a") as out:
        out.write(f"ended {job.arguments.get('number', '')}\n")
    return Result(words="Xong")


@job_kind("sample-crash", capability=Capability.VIEW_PLAN)
def sample_crash(job, progress):
    """Takes its process with it, as a library that crashes or a system that is out of memory does."""
    if job.arguments.get("once") and job.attempts > 1:
        return Result(words="Lần hai thì được")
    os._exit(9)


@job_kind("sample-behind", capability=Capability.VIEW_PLAN, behind=True)
def sample_behind(job, progress):
    return sample_slow.run(job, progress)


@job_kind("sample-deaf", capability=Capability.VIEW_PLAN, longest=4)
def sample_deaf(job, progress):
    """Never says how far it is, and starts a program that never ends."""
    import subprocess
    import sys

    progress(words="Đang đợi")
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(job.arguments["told"]).write_text(str(child.pid))
    child.wait()


@job_kind("sample-hungry", capability=Capability.VIEW_PLAN)
def sample_hungry(job, progress):
    """Wants more memory than a runner may have."""
    return Result(value=len(bytearray(3 * 1024**3)))
