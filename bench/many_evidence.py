"""Fills the database of this environment with one school of many evidences; prints what the bench opens as one line of JSON.

10,000 evidences as ten years of a large school leave them: long names, three in four in use for one or two criteria, files
of some kinds, links, some not verified, some doubled, some past their day. Content is not stored: no page of the list opens it.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import timedelta

WHAT = (
    "Quyết định",
    "Kế hoạch",
    "Biên bản họp",
    "Báo cáo",
    "Danh sách",
    "Hồ sơ",
    "Ảnh chụp",
    "Sổ theo dõi",
    "Nghị quyết",
    "Tờ trình",
)
OF = ("hội đồng trường", "tổ chuyên môn", "ban đại diện cha mẹ học sinh", "giáo dục nhà trường", "kiểm tra nội bộ", "thư viện",
      "chuyển đổi số", "bồi dưỡng thường xuyên", "phòng cháy chữa cháy", "y tế trường học", "dạy học 2 buổi/ngày")  # fmt: skip
ISSUERS = ("Trường Tiểu học Đồng Cói", "UBND xã Đồng Cói", "Tổ khối 4", "Thư viện", "")
KINDS = ("pdf", "pdf", "pdf", "docx", "xlsx", "jpg", "")


def fill(count: int, slug: str = "th-dong-coi", username: str = "do") -> dict[str, str]:
    """The school with its evidence; gives its slug, the session that sees it, and keys that a bench needs."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from caitien.standards import load
    from caitien.web.accounts.models import User
    from caitien.web.assessments.creating import create
    from caitien.web.evidence.codes import order_of
    from caitien.web.evidence.models import Attachment, Evidence, EvidenceCode, EvidenceUse, StoredFile
    from caitien.web.evidence.search import reindexed
    from caitien.web.schools.models import Membership, School, SchoolYear

    chance = random.Random(5)
    framework = load("tt57-2026-pho-thong")
    criteria = [one.code for standard in framework.standards for one in standard.criteria][:-1]  # one has none
    school = School.objects.create(slug=slug, name="Trường Tiểu học Đồng Cói", level="tieu_hoc")
    user = User.objects.create(username=username, full_name="Nông Thị Đo", is_staff=True, is_superuser=True)
    Membership.objects.create(school=school, user=user, role="secretary")
    assessment = create(school, SchoolYear.objects.create(school=school, name="2026-2027"), framework, user)
    today = timezone.localdate()
    rows, uses, codes, files, attached, numbers = [], [], [], [], [], dict.fromkeys(criteria, 0)
    for number in range(count):
        name = f"{chance.choice(WHAT)} {chance.choice(OF)} năm học {2016 + number % 11}-{2017 + number % 11}, lần {number % 7}"
        row = Evidence(
            school=school,
            name=f"{name} ({number})" if number % 40 else name,
            number=f"{number % 900 + 1}/QĐ-THĐC" if number % 3 else "",
            date=(today - timedelta(days=number % 3600)).isoformat() if number % 3 else "",
            issuer=chance.choice(ISSUERS),
            state="verified" if number % 12 else "submitted",
            valid_until=today + timedelta(days=number % 400 - 60) if number % 10 == 0 else None,
            sensitive=number % 25 == 0,
            created_by=user,
            code_order=order_of(""),
        )
        rows.append(row)
        if number % 4:
            first, *others = chance.sample(criteria, 1 + number % 2)
            numbers[first] += 1
            row.code = f"MC.{first}.{numbers[first]:02d}"
            row.code_order = order_of(row.code)
            codes.append(EvidenceCode(school=school, code=row.code, evidence=row, given_by=user))
            uses += [
                EvidenceUse(school=school, evidence=row, framework=framework.id, criterion=code, by=user)
                for code in (first, *others)
            ]
        if kind := chance.choice(KINDS):
            file = StoredFile(
                school=school, sha256=f"{number:064d}", size=200_000, kind=kind, content_type="x", content="x",
                text=name, text_state="read",
            )  # fmt: skip
            files.append(file)
            attached.append(Attachment(school=school, evidence=row, name=f"{name}.{kind}", file=file, added_by=user))
        elif number % 2:
            attached.append(
                Attachment(
                    school=school, evidence=row, name="Drive", url=f"https://drive.example.vn/{number}",
                    reach="gone" if number % 6 == 1 else "open", added_by=user,
                )
            )  # fmt: skip
    for model, some in (
        (Evidence, rows),
        (EvidenceCode, codes),
        (EvidenceUse, uses),
        (StoredFile, files),
        (Attachment, attached),
    ):
        model.objects.bulk_create(some, batch_size=1000)
    reindexed(school.pk, [row.pk for row in rows])
    level = assessment.criteria.first().levels.first()
    level.description = "Trường có quyết định thành lập hội đồng trường (MC.1.1.01, MC.1.1.02, MC.9.9.99)."
    level.save()
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return {
        "school": slug,
        "session": session.session_key or "",
        "cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
        "user": str(user.pk),
        "evidence": str(rows[1].pk),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    print(json.dumps(fill(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)))
