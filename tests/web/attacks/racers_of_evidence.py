"""Evidence and self-assessment, asked for by six clicks at one moment, in a process of its own:
`python -m web.attacks.racers_of_evidence`; prints JSON."""

from __future__ import annotations

import json
import os
import time
from typing import Any

from web.attacks.racers import CLICKS, at_once

LINES = 30


def main() -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from caitien.standards import load
    from caitien.web.assessments.beginning import years_open
    from caitien.web.assessments.models import Assessment, LevelReview, ReportCitation, ReviewComment
    from caitien.web.evidence.models import Evidence, EvidenceCode, EvidenceEvent, ListImport
    from web.assessments.sheets import Sheet
    from web.evidence.rows import FRAMEWORK, make_evidence
    from web.invented import make_school, make_user

    settings.ALLOWED_HOSTS, settings.JOBS_AT_ONCE = ["testserver"], True
    call_command("migrate", verbosity=0)
    school = make_school("th-nhieu-tay", "Trường Nhiều Tay")
    people = [make_user(f"nguoi-{n}", f"Người {n}", school, "chair") for n in range(CLICKS)]
    clients = [Client(raise_request_exception=False) for _ in people]
    for client, user in zip(clients, people, strict=True):
        client.force_login(user)
    found: dict[str, Any] = {}

    def post(number: int, name: str, words: Any, **keys: Any) -> Any:
        return clients[number].post(reverse(name, kwargs={"school": school.slug, **keys}), words)

    year = reverse("assessments:new", kwargs={"school": school.slug})
    name = years_open(timezone.localdate(), set())[0]
    codes = at_once(lambda n: clients[n].post(year, {"nam": name, "khung": FRAMEWORK, "da-chon": "1"}))
    found["years begun"] = [Assessment.objects.count(), codes]

    sheet = Sheet(school, people[0], year="2031-2032")
    sheet.assessment.school = school

    rows = [make_evidence(school, f"Quyết định {n}") for n in range(CLICKS)]
    codes = at_once(
        lambda n: post(n, "evidence:criteria", {"do": "use", "khung": FRAMEWORK, "ma": "1.2"}, evidence=rows[n].pk)
    )
    found["codes"] = [EvidenceCode.objects.filter(code__startswith="MC.1.2.").values("code").distinct().count(), codes]

    one = make_evidence(school, "Sổ họp")
    codes = at_once(lambda n: post(n, "evidence:step", {"buoc": "verified"}, evidence=one.pk))
    found["verified"] = [EvidenceEvent.objects.filter(evidence=one, kind="verified").count(), codes]

    bad, codes = 0, []
    for turn in range(8):
        proof = sheet.evidence(f"Kế hoạch {turn}", criterion="2.1", state="verified")
        level = LevelReview.objects.get(review__assessment=sheet.assessment, criterion="2.1", level=1)
        url = {"assessment": sheet.assessment.pk, "code": "2.1", "level": 1}

        def click(n: int, level: Any = level, proof: Any = proof, url: Any = url) -> Any:
            if n % 2:
                return post(n, "evidence:step", {"buoc": "rejected", "ly-do": "Vì"}, evidence=proof.pk)
            words = {"description": "Có.", "judged": "met", "version": level.version}
            return post(n, "assessments:criterion_level", words, **url)

        codes += at_once(click)
        level.refresh_from_db()
        left = Evidence.objects.filter(uses__criterion="2.1", uses__state="used", state="verified").exists()
        bad += level.judged == "met" and not left
        LevelReview.objects.filter(pk=level.pk).update(judged="")
        Evidence.objects.filter(pk=proof.pk).update(state="rejected")
    found["met without proof"] = [bad, codes]

    entries = [
        {"name": f"Minh chứng số {n}", "code": f"MC.3.1.{n:02d}", "criteria": ["3.1"]} for n in range(1, LINES + 1)
    ]
    listed = ListImport.objects.create(school=school, name="a.xlsx", framework=FRAMEWORK, entries=entries)
    words = {"dong": [str(n) for n in range(LINES)]}
    codes = at_once(lambda n: post(n, "evidence:list_read", words, list=listed.pk))
    found["lines taken in"] = [Evidence.objects.filter(name__startswith="Minh chứng số").count(), codes]

    codes = at_once(lambda n: clients[0].post(reverse("assessments:criterion_comments", kwargs={"school": school.slug, "assessment": sheet.assessment.pk, "code": "1.3"}), {"text": "Xin xem lại"}))  # fmt: skip
    found["comments"] = [ReviewComment.objects.count(), codes]

    # the chair approves while somebody takes a cited evidence away
    torn, codes = 0, []
    for turn in range(5):
        proof = sheet.evidence(f"Biên bản {turn}", criterion="1.3", state="verified")
        level = sheet.level()
        level.description, level.judged, level.version = f"Có biên bản ({proof.code}).", "met", level.version + 1
        level.save()
        spare = sheet.evidence(f"Bản sao {turn}", criterion="1.3", state="verified")
        key = {"school": school.slug, "assessment": sheet.assessment.pk}
        from caitien.web.assessments.approving import report_of

        fresh = Assessment.objects.select_related("year", "school").get(pk=sheet.assessment.pk)
        mark = report_of(fresh, load(FRAMEWORK)).mark
        words = {"ngay": "01/11/2026", "so": "1", "ly-do": "Gấp", "dang-thay": mark}

        def approve_or_remove(n: int, turn: int = turn, proof: Any = proof, words: Any = words, key: Any = key) -> Any:
            if n == 0:
                return clients[0].post(reverse("assessments:approval", kwargs=key), words)
            time.sleep(0.15 * turn * n)  # sooner or later than the approval, which looks at everything first
            return post(n, "evidence:remove", {"ly-do": "Nhầm"}, evidence=proof.pk)

        codes += at_once(approve_or_remove)
        fresh.refresh_from_db()
        proof = Evidence.everything.get(pk=proof.pk)
        cited = ReportCitation.objects.filter(evidence=proof).exists()
        torn += fresh.state == "approved" and (proof.removed_at is not None or not cited)
        if fresh.state == "approved":
            clients[0].post(reverse("assessments:reopen", kwargs=key), {"ly-do": "Thử lại"})
        LevelReview.objects.filter(pk=level.pk).update(judged="", description="")
        spare.refresh_from_db()
    found["approved without what it cites"] = [torn, codes]
    return found


if __name__ == "__main__":
    print(json.dumps(main()))
