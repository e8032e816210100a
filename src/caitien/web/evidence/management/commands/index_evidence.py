"""`caitien manage index_evidence`: the search of evidence made anew; with --words the files are read anew too."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from caitien.web.evidence.indexing import read_words, waiting
from caitien.web.evidence.models import Evidence, SearchPiece, StoredFile
from caitien.web.evidence.search import reindexed
from caitien.web.schools.models import School


class Command(BaseCommand):
    help = "Lập lại chỉ mục tìm kiếm minh chứng; thêm --words để đọc lại chữ trong mọi tệp (lâu)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--school", metavar="TÊN", help="chỉ một trường, theo tên trong địa chỉ; mặc định: mọi trường"
        )
        parser.add_argument("--words", action="store_true", help="đọc lại chữ trong các tệp, kể cả tệp đã đọc")

    def handle(self, *args: Any, **options: Any) -> None:
        schools = School.objects.order_by("slug")
        if options["school"]:
            schools = schools.filter(slug=options["school"])
            if not schools:
                raise CommandError(f"Không có trường nào với địa chỉ “{options['school']}”.")
        for school in schools:
            if options["words"]:
                StoredFile.objects.for_school(school).update(text_state=StoredFile.Words.WAITING)
            files = 0
            for file in list(waiting(school)):
                read_words(file)
                files += 1
            keys = list(Evidence.objects.for_school(school).values_list("pk", flat=True))
            SearchPiece.objects.for_school(school).exclude(evidence__in=keys).delete()
            reindexed(school.pk, keys)
            self.stdout.write(f"{school.name}: {len(keys)} minh chứng, đọc {files} tệp")
