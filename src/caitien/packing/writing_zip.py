"""Packing: evidence, papers, an index page, a list of contents and sums into one ZIP, piece by piece.

Nothing is held whole but the index: a package of gigabytes needs a few megabytes of memory. The package is written from
the beginning to the end, so that it can be a file or go straight to whoever asked.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import IO

from caitien.assessment.model import SelfAssessment
from caitien.packing.index_page import index_page
from caitien.packing.model import (
    CONTENTS,
    EVIDENCE,
    INDEX,
    PAPERS,
    README,
    SUMS,
    Content,
    Contents,
    Made,
    Packed,
    PackedEvidence,
    PackedFile,
    Paper,
    Progress,
    chunks_of,
)
from caitien.packing.names import Taken, folder_name, plain_name
from caitien.standards.model import Framework

READ_ME = """GÓI MINH CHỨNG

Mở tệp MO-TRANG-NAY.html (bấm đúp) để xem: trang này chạy không cần mạng, kể cả từ USB. Muốn mở được các liên kết, hãy giải
nén cả gói ra một thư mục trước.

Kiểm tra gói còn nguyên vẹn, một trong hai cách:
  caitien evidence check ĐƯỜNG-DẪN-CỦA-GÓI   (thư mục đã giải nén, hoặc tệp ZIP)
  sha256sum -c SHA256SUMS.txt                 (Linux, macOS có coreutils; chạy trong thư mục đã giải nén)
"""


def write_package(
    out: IO[bytes],
    assessment: SelfAssessment,
    framework: Framework,
    packed: Sequence[Packed],
    papers: Sequence[Paper] = (),
    *,
    made_at: datetime,
    progress: Progress | None = None,
) -> Made:
    """Writes the package to `out` (need not be able to seek). `packed`: in the order of the list.

    A file that the storage does not give (OSError) is told in the list and on the index page; the rest is packed.
    """
    contents = Contents(
        school=assessment.school.name,
        school_year=assessment.school_year,
        framework=assessment.framework,
        made_at=made_at.isoformat(timespec="seconds"),
    )
    made = Made(contents)
    total = sum(content.size for one in packed for content in one.files) + sum(len(one.content) for one in papers)
    taken = Taken()
    stamp = made_at.timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as package:

        def put(path: str, content: Content, said: str) -> PackedFile:
            path = taken.free(path)
            if progress is not None:
                progress(made.size, total, said)
            file = _put(
                package, path, content, stamp, progress and (lambda size: progress(made.size + size, total, said))
            )
            made.files, made.size = made.files + 1, made.size + file.size
            return file

        for paper in papers:
            content = Content(paper.name, chunks_of(paper.content), len(paper.content))
            contents.papers.append(put(f"{PAPERS}/{plain_name(paper.name)}", content, paper.title))
        for one in packed:
            entry = assessment.evidence[one.entry]
            line = PackedEvidence(
                code=entry.code,
                name=entry.name,
                criteria=entry.criteria,
                links=list(one.links),
                kept_back=one.kept_back,
            )
            for content in one.files:
                path = f"{EVIDENCE}/{folder_name(entry.code, one.entry)}/{plain_name(content.name)}"
                try:
                    line.files.append(put(path, content, content.name))
                except OSError:
                    line.missing.append(content.name)
                    made.missing.append(content.name)
            contents.evidence.append(line)
        texts = {
            INDEX: index_page(assessment, framework, contents, [paper.title for paper in papers]),
            CONTENTS: contents.model_dump_json(by_alias=True, indent=1),
            README: READ_ME,
        }
        written = [
            _put(package, name, Content(name, chunks_of(text.encode()), 0, squeezed=False), stamp)
            for name, text in texts.items()
        ]
        every = [*contents.papers, *(file for line in contents.evidence for file in line.files), *written]
        sums = "".join(f"{file.sha256}  {file.path}\n" for file in every)
        _put(package, SUMS, Content(SUMS, chunks_of(sums.encode()), 0, squeezed=False), stamp)
    return made


def _put(
    package: zipfile.ZipFile,
    path: str,
    content: Content,
    stamp: tuple[int, ...],
    told: Callable[[int], None] | None = None,
) -> PackedFile:
    """One file. Its first piece is read before it is begun, so that what is not there leaves nothing in the package."""
    pieces = iter(content.read())
    first = next(pieces, b"")
    info = zipfile.ZipInfo(path, stamp)  # type: ignore[arg-type]
    info.compress_type = zipfile.ZIP_STORED if content.squeezed else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    digest, size = hashlib.sha256(), 0
    with package.open(info, "w", force_zip64=content.size > 1 << 31) as into:
        piece = first
        while piece:
            into.write(piece)
            digest.update(piece)
            size += len(piece)
            if told is not None:
                told(size)
            piece = next(pieces, b"")
    return PackedFile(path=path, name=content.name, size=size, sha256=digest.hexdigest())
