"""How well the evidence is: what is lacking, waiting, over, doubled, cited and not there. Rows in, sections out; no query here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from caitien.assessment.evidence_health import evidence_findings
from caitien.assessment.findings import Finding
from caitien.assessment.model import EvidenceEntry, SelfAssessment
from caitien.standards.model import Framework
from caitien.web.evidence.choosing import DEAD, IN_USE, SOON
from caitien.web.evidence.doubles import doubles
from caitien.web.evidence.models import Evidence, EvidenceUse

SHOWN = 10  # lines of a section; the others are in the list of evidence
IN_TEXTS = frozenset(
    {
        "cited-but-missing", "rejected-but-cited", "replaced-but-cited", "expired-but-cited", "not-verified",
        "cited-by-old-code", "not-a-code",
    }
)  # fmt: skip
"""Rules of the library that speak of places in the report."""
State, Used = Evidence.State, EvidenceUse.State


class Light(NamedTuple):
    """An evidence, as much as its health needs. `key`: as the database writes it; keys sort by the time they were made."""

    key: str
    code: str
    name: str
    number: str
    date: str
    state: str
    valid_until: date | None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section. `key`: of the evidence; `other`: of the one it may be the same as; `criterion`, `level`: the
    place it speaks of."""

    text: str
    key: UUID | None = None
    code: str = ""
    note: Any = ""
    other: Light | None = None
    other_key: UUID | None = None
    criterion: str = ""


@dataclass(slots=True)
class Section:
    """What is unwell in one way. `grave`: it keeps the report from being true; others are worth a look.

    `address`: query of the list that shows all of it ("" none does).
    """

    word: str
    title: Any
    sentence: Any
    grave: bool = False
    address: str = ""
    count: int = 0
    lines: list[Line] = field(default_factory=list)


TITLES: tuple[Section, ...] = (
    Section("tieu-chi-chua-co", _("Tiêu chí chưa có minh chứng"), _("Chưa có minh chứng thì chưa nhận định “Đạt” được. Nộp mới, hoặc gắn minh chứng đã có."), True),
    Section("vien-dan", _("Viện dẫn cần xem lại"), _("Mở phiếu, sửa mã trong câu; hoặc xác nhận, thay minh chứng được viện dẫn."), True),
    Section("cho-xac-nhan", _("Chờ xác nhận"), _("Mở từng minh chứng, xem tệp rồi xác nhận hoặc từ chối; nộp trước đứng trên."), True, "tt=cho"),
    Section("goi-y", _("Gợi ý chưa trả lời"), _("Minh chứng của mục kế hoạch được gợi ý cho tiêu chí: trả lời Dùng hoặc Không."), False, "loc=goi-y"),
    Section("chua-gan", _("Chưa gắn tiêu chí nào"), _("Gắn vào tiêu chí để có mã và viện dẫn được; không dùng đến thì bỏ khỏi danh mục."), False, "loc=chua-gan"),
    Section("het-han", _("Đã hết hạn"), _("Nộp bản còn hiệu lực, hoặc ghi là được thay bằng minh chứng khác."), False, "loc=het-han"),
    Section("sap-het", _("Hết hạn trong 30 ngày tới"), _("Chuẩn bị bản mới trước ngày hết hạn."), False, "loc=sap-het"),
    Section("link-hong", _("Đường dẫn không mở được"), _("Sửa quyền chia sẻ hoặc dán đường dẫn khác; chắc nhất là tải tệp lên đây."), False, "loc=link-hong"),
    Section("khong-tep", _("Không có tệp, đường dẫn, nơi lưu"), _("Tải tệp lên, hoặc ghi bản giấy đang ở đâu."), False, "loc=khong-co-gi"),
    Section("trung", _("Có thể ghi hai lần"), _("Xem hai minh chứng; nếu là một thì gộp lại, mã của cả hai vẫn tìm thấy.")),
    Section("chua-vien-dan", _("Chưa được viện dẫn"), _("Đã gắn tiêu chí mà chưa câu nào trong báo cáo nhắc đến: viện dẫn, hoặc gỡ ra nếu không cần.")),
)  # fmt: skip


def sections(
    rows: Sequence[Light],
    uses: Sequence[tuple[str, str, str]],
    files: Sequence[tuple[str, str | None, str]],
    *,
    value: SelfAssessment | None,
    old_codes: Mapping[str, Sequence[str]],
    cited: frozenset[str],
    framework: Framework | None,
    today: date,
) -> list[Section]:
    """The sections, those with nothing in them too.

    `rows`: the present evidence by name; `uses`: (evidence, criterion, state) of the framework; `files`: (evidence,
    content, reach) of what stands; `value`: the texts of the newest self-assessment, without evidence; `cited`: the codes
    they cite; `old_codes`: other codes that cited evidence has had.
    """
    used: dict[str, list[str]] = defaultdict(list)
    offered: dict[str, list[str]] = defaultdict(list)
    for key, criterion, state in uses:
        (used if state == Used.USED else offered)[key].append(criterion)
    contents: dict[str, list[str]] = defaultdict(list)
    has_any, dead = set(), set()
    for key, content, reach in files:
        has_any.add(key)
        if content is not None:
            contents[key].append(content)
        elif reach in DEAD:
            dead.add(key)
    found = {one.word: replace(one, lines=[]) for one in TITLES}
    by_key = {row.key: row for row in rows}
    living = [row for row in rows if row.state in IN_USE]

    def fill(word: str, some: list[Light], note: Any = None) -> None:
        found[word].count = len(some)
        found[word].lines = [Line(row.name, UUID(row.key), row.code, note(row) if note else "") for row in some[:SHOWN]]

    by_time = sorted((row for row in rows if row.state == State.SUBMITTED), key=lambda row: row.key)
    by_day = sorted((row for row in living if row.valid_until is not None), key=lambda row: row.valid_until or today)
    fill("cho-xac-nhan", by_time)
    fill("goi-y", [row for row in rows if row.key in offered], lambda row: ", ".join(offered[row.key]))
    fill("chua-gan", [row for row in living if row.key not in used])
    over = [row for row in by_day if row.valid_until and row.valid_until < today]
    over += [row for row in rows if row.state == State.EXPIRED]
    fill("het-han", over, lambda row: row.valid_until)
    soon = [row for row in by_day if row.valid_until and today <= row.valid_until <= today + SOON]
    fill("sap-het", soon, lambda row: row.valid_until)
    fill("link-hong", [row for row in rows if row.key in dead])
    fill("khong-tep", [row for row in living if row.key not in has_any and not row.place])
    if value is not None and framework is not None:
        in_texts = _in_texts(value, rows, used, old_codes, cited, framework, today)
        found["vien-dan"].count = len(in_texts)
        found["vien-dan"].lines = [
            Line(one.message, criterion=one.place.criterion or "", code=one.place.standard or "") for one in in_texts[:SHOWN]
        ]  # fmt: skip
        if cited or old_codes:  # before the first citation everything is uncited: nobody needs to be told
            silent = [row for row in living if row.key in used and row.code not in cited and row.key not in old_codes]
            fill("chua-vien-dan", silent)
    if framework is not None:
        _criteria_without(found["tieu-chi-chua-co"], by_key, used, framework)
    pairs = doubles(living, contents)
    found["trung"].count = len(pairs)
    found["trung"].lines = [
        Line(by_key[one].name, UUID(one), by_key[one].code, WHY[why], by_key[other], UUID(other))
        for one, other, why in pairs[:SHOWN]
    ]
    return list(found.values())


WHY = {"file": _("cùng một tệp"), "number": _("cùng số và ngày"), "name": _("tên gần như nhau")}


def _criteria_without(
    section: Section, by_key: Mapping[str, Light], used: Mapping[str, Sequence[str]], framework: Framework
) -> None:
    """As the list counts: items of Level 4 are left out, evidence that was rejected is none."""
    served = {
        code for key, codes in used.items() if key in by_key and by_key[key].state != State.REJECTED for code in codes
    }
    lacking = [one for standard in framework.standards for one in standard.criteria if one.code not in served]
    section.count = len(lacking)
    section.lines = [Line(one.title, criterion=one.code) for one in lacking]


def _in_texts(
    value: SelfAssessment,
    rows: Sequence[Light],
    used: Mapping[str, Sequence[str]],
    old_codes: Mapping[str, Sequence[str]],
    cited: frozenset[str],
    framework: Framework,
    today: date,
) -> list[Finding]:
    """What the library finds in the texts, told of the evidence they cite alone: errors first."""
    value.evidence = [
        EvidenceEntry(
            code=row.code or None,
            old_codes=list(old_codes.get(row.key, ())),
            name=row.name,
            state=row.state,  # type: ignore[arg-type]
            criteria=list(used.get(row.key, ())),
            valid_until=row.valid_until.isoformat() if row.valid_until else None,
        )
        for row in rows
        if row.code in cited or row.key in old_codes
    ]
    findings = [one for one in evidence_findings(value, framework, today) if one.rule in IN_TEXTS and _of_text(one)]
    return sorted(findings, key=lambda one: one.severity != "error")


def _of_text(finding: Finding) -> bool:
    return bool(finding.quote)
