"""Fills a database with evidence that has files with words, and times searching it. Run with the settings' environment.

Prints JSON: query -> milliseconds (median) of the whole answer: how many there are, the first fifty, their excerpts.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

COUNT, OF_OTHERS = 10_000, 5_000
LETTERS = 2_000  # of each file
PAGE = 50
RUNS = 9
QUERIES = {
    "một mã": "MC.1.3.05",
    "hai từ hiếm": "sạt lở mương",
    "hai từ thường": "hội đồng trường",
    "câu trong ngoặc kép": '"cải tiến chất lượng"',
    "một từ có ở mọi minh chứng": "trường",
    "hai chữ đầu": "tr",
}
SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    from django.db import connection

    from caitien.web.schools.models import School

    started = time.perf_counter()
    first = fill("th-tim-kiem", COUNT)
    fill("th-truong-khac", OF_OTHERS)
    figures: dict[str, Any] = {"filled": time.perf_counter() - started}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    school = School.objects.get(pk=first.pk)
    for name, text in QUERIES.items():
        found, ms = timed(lambda text=text: answer(school, text))
        figures[name] = {"ms": ms, "found": found}
    _, figures["like"] = timed(lambda: plain(school, "hội đồng"), runs=3)
    print(json.dumps(figures))


def timed(work: Any, runs: int = RUNS) -> tuple[Any, float]:
    work()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - started)
    return result, statistics.median(times) * 1000


def answer(school: Any, text: str) -> int:
    """What a page of results needs: how many there are, the keys of its rows with their ranks, the rows, where the words stand."""
    from django.db.models import Count, Window

    from caitien.web.evidence.models import Evidence
    from caitien.web.evidence.search import excerpts, find

    counted = find(school, text, sensitive=True).annotate(of_all=Window(Count("*")))
    found = list(counted.values_list("pk", "rank", "of_all")[:PAGE])
    ranks = {key: rank for key, rank, _count in found}
    rows = list(Evidence.objects.for_school(school).filter(pk__in=list(ranks)))
    for row in rows:
        row.rank = ranks[row.pk]
    excerpts(school, rows, text, sensitive=True)
    return found[0][2] if found else 0


def plain(school: Any, text: str) -> int:
    """The same without an index, and with diacritics only."""
    from django.db.models import Q

    from caitien.web.evidence.models import Evidence

    found = Evidence.objects.for_school(school).filter(
        Q(name__icontains=text) | Q(attachments__file__text__icontains=text)
    )
    return found.distinct().count() + len(found.distinct()[:PAGE])


def fill(slug: str, count: int) -> Any:
    """A school with so much evidence, each with a file of text made of the words of real plans."""
    from caitien.web.evidence.models import Attachment, Evidence, EvidenceCode, StoredFile
    from caitien.web.evidence.search import reindexed
    from caitien.web.schools.models import School

    dice = random.Random(slug)
    words = " ".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))).split()
    school = School.objects.create(slug=slug, name=slug, level="tieu_hoc")
    for start in range(0, count, 1000):
        rows, files, attached, codes = [], [], [], []
        for number in range(start, min(count, start + 1000)):
            at = dice.randrange(len(words) - 400)
            text = " ".join(words[at : at + 400])[:LETTERS]
            if number % 997 == 0:
                text += " sạt lở mương thoát nước"
            code = f"MC.{number % 5 + 1}.{number // 5 % 6 + 1}.{number // 30 + 1:02}"
            row = Evidence(school=school, name=" ".join(words[at + 50 : at + 58]), code=code, code_order=f"{number:05}")
            file = StoredFile(
                school=school, sha256=f"{slug}{number}"[:64], size=1, kind="docx", content_type="x", text=text,
                text_state="read", content=f"evidence/{number}",
            )  # fmt: skip
            rows.append(row)
            files.append(file)
            attached.append(Attachment(school=school, evidence=row, file=file, name=f"tệp {number}.docx"))
            codes.append(EvidenceCode(school=school, code=code, evidence=row))
        for model, made in ((Evidence, rows), (StoredFile, files), (Attachment, attached), (EvidenceCode, codes)):
            model.objects.bulk_create(made)
        reindexed(school.pk, [row.pk for row in rows])
    return school


if __name__ == "__main__":
    sys.exit(main())
