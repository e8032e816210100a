"""One row of everything that a school's own pages show: for tests that walk every address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any


def rows_of(school: Any) -> dict[str, Any]:
    """URL parameter -> key of a row of the school."""
    from django.utils import timezone

    from caitien.web.jobs.models import Job
    from caitien.web.schools.models import Invitation, Membership, Person, PersonMerge, SchoolYear, Site
    from web.invented import make_user
    from web.jobs.sample import jobs_of_samples

    member = make_user(f"khach-{school.slug}", "Vi Thị Khách", school, "viewer")
    gone = make_user(f"roi-{school.slug}", "Vi Thị Rời", school, "viewer")
    left = Membership.objects.get(user=gone)
    key = left.pk
    left.delete()
    person = Person.objects.create(school=school, name="Cầm Văn Bun", role_title="Kế toán")
    other = Person.objects.create(school=school, name="Cầm Văn Bùn", merged_into=person)
    mistaken = Person.objects.create(school=school, name="Thêm Nhầm")
    mistaken_key = mistaken.pk
    mistaken.delete()
    now = timezone.now()
    return {
        "job": Job.objects.create(
            school=school,
            kind=jobs_of_samples.sample_page.name,
            label="Kiểm tra liên kết của minh chứng",
            arguments={"address": "/truong/"},
            state=Job.State.FAILED,
            error="Mất mạng giữa chừng. Hãy bấm “Làm lại”.",
        ).pk,
        "gone": Person.history.get(id=mistaken_key, history_type="-").pk,
        "year": SchoolYear.objects.get_or_create(school=school, name="2025-2026")[0].pk,
        "site": Site.objects.create(school=school, name="Điểm trường bản Lót").pk,
        "person": person.pk,
        "merge": PersonMerge.objects.create(school=school, kept=person, gone=other).pk,
        "member": Membership.objects.get(user=member).pk,
        "removed": Membership.history.get(id=key, history_type="-").pk,
        "invitation": Invitation.objects.create(
            school=school, role="viewer", token_hash="t", code_hash="c", expires_at=now + timedelta(days=7)
        ).pk,
    }
