"""A self-assessment begun, given a council, approved by six clicks at one moment, while others take its evidence away.

In a process of its own: `python -m web.assessments.racers`; prints JSON.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

CLICKS = 6
ROUNDS = 8
LATER = 0.06  # seconds by which the others are later in each round, so that either side comes first


def at_once(*do: Callable[[], Any]) -> list[int]:
    """What each answers (a status code), in their order; they begin at one moment."""
    from django.db import connection

    start, answers = threading.Barrier(len(do)), [0] * len(do)

    def click(number: int) -> None:
        start.wait()
        try:
            answers[number] = do[number]().status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(number,)) for number in range(len(do))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def main() -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from caitien.standards import load
    from caitien.web.assessments import approving
    from caitien.web.assessments.models import Assessment, AssessmentEvent, LevelReview, ReportCitation, WorkingGroup
    from caitien.web.evidence import services
    from caitien.web.evidence.models import Evidence
    from web.assessments.made import FRAMEWORK
    from web.invented import make_school, make_user

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    school = make_school("th-nhieu-tay", "Trường Nhiều Tay")
    chair = make_user("hieu-truong", "Nông Thị Mơ", school, "chair")

    def browser() -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(chair)
        return client

    clients = [browser() for _ in range(CLICKS)]
    found: dict[str, Any] = {}

    url = reverse("assessments:new", args=[school.slug])
    words = {"nam": "2026-2027", "khung": FRAMEWORK}
    codes = at_once(*(lambda c=c: c.post(url, words) for c in clients))
    found["begun"] = [Assessment.objects.count(), codes]
    assessment = Assessment.objects.select_related("year", "school").get()

    def later(seconds: float, do: Callable[[], Any]) -> Callable[[], Any]:
        def waiting() -> Any:
            time.sleep(seconds)
            return do()

        return waiting

    def of(name: str) -> str:
        return reverse(f"assessments:{name}", args=[school.slug, assessment.pk])

    group = WorkingGroup.objects.create(school=school, assessment=assessment, name="Nhóm 1", members=["Lò Thị Mẩy"])
    given = ["1.1", "1.2", "2.1", "2.2", "3.1", "4.1"]
    codes = at_once(*(lambda c=c, k=k: c.post(of("assignments"), {"o": f"{group.pk}:{k}"}) for c, k in zip(clients, given, strict=True)))  # fmt: skip
    group.refresh_from_db()
    found["ticks of six"] = [len(group.criteria), codes]
    found["writers"] = [sum(1 for one in assessment.criteria.all() if one.writers == ["Lò Thị Mẩy"]), codes]

    LevelReview.objects.filter(criterion="1.1", level=1).update(judged="not_met", description="Chưa.")
    lost, approvals, codes = 0, 0, []
    for number in range(ROUNDS):
        row = services.create(school, chair, f"Minh chứng {number}")
        services.use(row, load(FRAMEWORK), ["1.1"], chair)
        mark = approving.report_of(Assessment.objects.select_related("year", "school").get(), load(FRAMEWORK)).mark
        sent = {"dang-thay": mark, "ngay": "10/10/2026", "ly-do": "Kịp hạn"}
        off = reverse("evidence:remove", args=[school.slug, row.pk])
        codes += at_once(
            *(lambda c=c, sent=sent: c.post(of("approval"), sent) for c in clients[:3]),
            *(later(number * LATER, lambda c=c, off=off: c.post(off, {"ly-do": "Nhầm"})) for c in clients[3:]),
        )
        held = set(ReportCitation.objects.values_list("evidence_id", flat=True))
        lost += Evidence.everything.filter(pk__in=held).exclude(removed_at=None).count()
        approved = Assessment.objects.get().state == "approved"
        gone = Evidence.everything.get(pk=row.pk).removed_at is not None
        lost += approved and gone and row.pk in held
        approvals += approved
        if approved:
            clients[0].post(of("reopen"), {"ly-do": "Lần nữa"})
    events = AssessmentEvent.objects.filter(assessment=assessment)
    steps = list(events.exclude(kind="created").order_by("at", "id").values_list("kind", flat=True))
    found["cited and gone"] = [lost, codes]
    found["approved at all"] = [min(approvals, 1), codes]
    found["approved twice"] = [
        sum(1 for a, b in pairwise(steps) if a == b == "report_approved"),
        codes,
    ]
    return found


if __name__ == "__main__":
    print(json.dumps(main()))
