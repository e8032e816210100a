"""The demo: invented schools made from samples/, each document received, read and accepted as a school would do it.

Runs in a process of its own (`python -m caitien.web.sample_schools`), so that the server stays small.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caitien.errors import CaiTienError

if TYPE_CHECKING:
    from caitien.web.accounts.models import User
    from caitien.web.sample_year import Calendar

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
MAIN_SCHOOL = "th-suoi-lim"
EMPTY_SCHOOL = ("truong-moi", "Trường Tiểu học Đồi Cọ (chưa có kế hoạch)")
LEFT_IN_REVIEW = "th-dong-vang"  # its file waits for a reviewer, so that the review page has something to show
SAMPLE = re.compile(r"(?P<school>[a-z0-9-]+?)-(?P<year>\d{4}-\d{4})\.(?:docx|pdf|xlsx|txt)")
LEVELS = {"mn": "mam_non", "th": "tieu_hoc", "thcs": "thcs", "thpt": "thpt", "gdtx": "gdtx", "th-thcs": "th_thcs"}
PEOPLE = (  # all stand in the main school's plans or groups, so that each has work of her own
    (
        "hieu-truong",
        "Lường Thị Mai Hiên",
        "chair",
        "hiệu trưởng: duyệt, điều chỉnh, kết thúc kế hoạch; xem cả trường đến đâu",
    ),
    ("thu-ky", "Cầm Văn Quyết", "secretary", "thư ký hội đồng: nhập tài liệu, sửa kế hoạch, trình duyệt, mời người"),
    ("giao-vien", "Vì Thị Loan", "staff", "giáo viên: “Việc của tôi”, báo tiến độ kèm ảnh từ điện thoại"),
    ("giam-sat", "Hoàng Đình Khoát", "monitor", "tổ giám sát: xem, trao đổi, xuất văn bản"),
)
EVERYWHERE = (
    "nhieu-truong",
    "Tòng Văn Ban",
    "secretary",
    "thư ký của tất cả các trường mẫu: trường chưa có kế hoạch, tệp chờ duyệt, bản nháp năm sau chờ quyết định",
)
WAITING_SCHOOL = "thcs-bau-sen"  # its plan is submitted, and its chair has not looked at it yet
WAITING_CHAIR = (
    "hieu-truong-2",
    "Võ Thị Ngọc Diễm",
    "chair",
    "hiệu trưởng Trường THCS Bàu Sen: có kế hoạch đang chờ duyệt",
)
DRAFT_SCHOOL = "mn-hoa-ban"  # its next year's plan is a draft in which decisions wait
PASSWORD_FILE = "mat-khau-dung-thu.txt"  # noqa: S105
READY = "demo-ready"


@dataclass(frozen=True, slots=True)
class DemoPeople:
    names: list[tuple[str, str]]
    password: str


def ensure(folder: Path) -> DemoPeople:
    """Makes the sample schools when the folder has none. Returns who can sign in."""
    password = _password(folder)
    if not (folder / READY).exists():
        done = subprocess.run(
            [sys.executable, "-m", "caitien.web.sample_schools"], env={**os.environ, "PYTHONUTF8": "1"}
        )
        if done.returncode:
            raise CaiTienError(f"Không tạo được dữ liệu dùng thử; hãy xóa thư mục {folder} rồi chạy lại.")
        (folder / READY).write_text("")
    return DemoPeople(
        [(name, f"{full}, {what}") for name, full, _, what in (*PEOPLE, WAITING_CHAIR, EVERYWHERE)], password
    )


def remove(folder: Path) -> None:
    """Throws a demo's data away; a folder that no demo made is left alone."""
    if folder.exists() and (folder / PASSWORD_FILE).exists():
        shutil.rmtree(folder)
        folder.mkdir(parents=True)


def make(password: str) -> None:
    """Schools, people and plans in an empty database, through the same functions as the pages use."""
    from caitien.web import sample_assessment, sample_year
    from caitien.web.accounts.models import User
    from caitien.web.documents.models import Import
    from caitien.web.schools.models import Membership, School
    from caitien.web.schools.people import ensure

    def school_named(slug: str, name: str) -> School:
        prefix = max((p for p in LEVELS if slug.startswith(f"{p}-")), key=len, default="th")
        return School.objects.get_or_create(slug=slug, defaults={"name": name, "level": LEVELS[prefix]})[0]

    def person(username: str, full_name: str) -> User:
        user, new = User.objects.get_or_create(username=username, defaults={"full_name": full_name})
        if new:
            user.set_password(password)
            user.save()
        return user

    calendar = sample_year.Calendar()
    everywhere = person(*EVERYWHERE[:2])
    there = set(Import.objects.values_list("school__slug", "file__name"))  # a demo that was stopped half way goes on
    files = [
        (file, found)
        for file in sorted(SAMPLES.glob("*-*.*"))
        if (found := SAMPLE.fullmatch(file.name)) and (found["school"], file.name) not in there
    ]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as readers:  # a thread waits for the process that reads
        for (file, found), reading in zip(files, [readers.submit(_read, file) for file, _ in files], strict=True):
            school = school_named(found["school"], found["school"])
            Membership.objects.get_or_create(school=school, user=everywhere, defaults={"role": EVERYWHERE[2]})
            main = school.slug == MAIN_SCHOOL
            with calendar.at(sample_year.IMPORTED) if main else nullcontext():
                _bring(school, person(*PEOPLE[1][:2]) if main else everywhere, file, reading)
    main = school_named(MAIN_SCHOOL, "Trường Tiểu học Suối Lim")
    people = {}
    for username, full_name, role, _what in PEOPLE:
        people[username] = user = person(username, full_name)
        Membership.objects.get_or_create(school=main, user=user, defaults={"role": role})
        ensure(main, [full_name], user=user)
        _join(main, user)
    print("Người của trường làm việc trong năm học…", flush=True)
    sample_year.live(main, people, calendar)
    sample_assessment.live(main, people, sample_year.Calendar())  # beside the plan's year, day by day
    _others(person(*WAITING_CHAIR[:2]), everywhere, calendar)
    empty = school_named(*EMPTY_SCHOOL)
    Membership.objects.get_or_create(school=empty, user=everywhere, defaults={"role": EVERYWHERE[2]})


def _others(chair: User, secretary: User, calendar: Calendar) -> None:
    """Another school's plan waits for its chair; in a third school a draft of the next year waits for decisions."""
    from caitien.web import sample_year
    from caitien.web.plans.models import Plan
    from caitien.web.schools.models import Membership, School

    plans = {plan.school.slug: plan for plan in Plan.objects.select_related("school").order_by("-created_at")}
    if (waiting := plans.get(WAITING_SCHOOL)) is not None:
        school = School.objects.get(slug=WAITING_SCHOOL)
        Membership.objects.get_or_create(school=school, user=chair, defaults={"role": WAITING_CHAIR[2]})
        sample_year.submit(waiting, secretary, "Đã soát lỗi, xin cô xem và duyệt.")
    if (old := plans.get(DRAFT_SCHOOL)) is not None:
        sample_year.draft_next_year(old, secretary, calendar.today)


def _join(school: Any, user: Any) -> None:
    """Joins the user to the person of the school who has her name, as a leader would."""
    from caitien.web.reminders.identity import alike, free_people

    known = alike(user, free_people(school))
    if known is not None:
        known.user = user
        known.save(update_fields=["user"])


def _read(file: Path) -> dict[str, Any]:
    from caitien.web.documents import intake

    return intake.read_apart(file.read_bytes(), file.name)


def _bring(school: Any, user: Any, file: Path, reading: Future[dict[str, Any]]) -> None:
    from caitien.errors import ReadingError
    from caitien.web.documents import intake

    try:
        imported = intake.keep(school, user, file.name, file.read_bytes(), reading.result())
    except ReadingError as error:
        print(f"  {file.name}: {error}", flush=True)
        return
    name = imported.plan_value.get("school", {}).get("name")
    if name and school.name == school.slug:
        school.name = name
        school.save()
    if school.slug == LEFT_IN_REVIEW:
        print(f"  {file.name}: chờ duyệt", flush=True)
        return
    plan = intake.accept(imported, user)
    print(f"  {file.name}: {plan.actions.count()} mục", flush=True)


def _password(folder: Path) -> str:
    file = folder / PASSWORD_FILE
    if not file.exists():
        file.write_text(os.environ.get("CAITIEN_DEMO_PASSWORD") or f"thu-{secrets.token_hex(4)}")
        file.chmod(0o600)
    return file.read_text().strip()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    from django.conf import settings

    print("Đang nhập các tài liệu mẫu, như một trường sẽ làm:", flush=True)
    make(_password(Path(settings.DATA)))


if __name__ == "__main__":
    main()
