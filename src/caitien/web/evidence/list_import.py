"""A list of evidence comes in: read in a process of its own, looked at by a person, taken in line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.assessment.model import EvidenceEntry
from caitien.plan.days import last_day
from caitien.reading.guarded_assessment import read_evidence_list_guarded
from caitien.standards.model import Framework
from caitien.web.evidence import services
from caitien.web.evidence.codes import GIVEN, keep_old_code, order_of
from caitien.web.evidence.file_names import clean_name
from caitien.web.evidence.kept_apart import ADDRESS, without_addresses
from caitien.web.evidence.list_proposals import Known, Proposal, proposals
from caitien.web.evidence.models import Evidence, EvidenceCode, EvidenceUse, ListImport
from caitien.web.evidence.search import APART
from caitien.web.plans.frameworks import framework
from caitien.web.schools.models import School
from caitien.web.schools.not_now import NotNow
from caitien.web.sent import storable

MOST = 5_000  # lines of one list
A_STEP = 20  # lines of one transaction
SERIES_NOT_SAID = "cũ"
SHORT = {"number": 120, "date": 60, "issuer": 300}
"""Columns that hold so many letters; what is longer goes on in the note."""


def receive(school: School, user: Any, name: str, content: bytes, framework_id: str, series: str) -> ListImport:
    """Reads a file and keeps what was read, for review. Raises ReadingError; then nothing was stored."""
    shown = clean_name(name)
    read = read_evidence_list_guarded(content, framework_id, name=shown)
    entries = [one.model_dump(mode="json") for one in read.entries[:MOST]]
    findings = [one.to_dict() for one in read.findings]
    if len(read.entries) > MOST:
        said = f"Danh mục có {len(read.entries)} dòng; lần này đọc {MOST} dòng đầu, hãy tách phần còn lại ra tệp khác."
        findings.insert(0, {"rule": "too-many", "severity": "error", "message": said, "place": {}, "quote": None})
    return ListImport.objects.create(
        school=school,
        name=shown,
        framework=framework_id,
        series=(series or SERIES_NOT_SAID)[:40],
        entries=_storable(entries),
        findings=_storable(findings),
        created_by=user,
    )


def proposed(imported: ListImport) -> list[Proposal]:
    """What each line would do now (four queries)."""
    return proposals(_entries(imported), *_there(imported), _framework(imported))


def take_in(
    imported: ListImport, chosen: Iterable[int], user: Any, told: Callable[[int, int], None] | None = None
) -> dict[str, int]:
    """Takes the chosen lines in; gives how many came new, filled in, and stayed. Goes on where it was stopped.

    Raises NotNow when somebody has taken it in, or thrown it away, meanwhile.
    """
    with transaction.atomic():
        held = ListImport.objects.select_for_update().get(school=imported.school_id, pk=imported.pk)
        if held.state != ListImport.State.REVIEW:
            raise NotNow(_("Danh mục này đã được xử lý: %(state)s.") % {"state": held.get_state_display()})
        held.school = imported.school
        held.chosen = held.chosen or sorted(set(chosen))
        held.save(update_fields=["chosen"])
    of = _framework(held)
    entries = _entries(held)
    wanted = [one for one in proposed(held) if one.row in set(held.chosen) and str(one.row) not in held.made]
    counts = {"new": 0, "fills": 0, "same": 0}
    for start in range(0, len(wanted), A_STEP):
        with transaction.atomic():
            now = ListImport.objects.select_for_update().get(school=imported.school_id, pk=imported.pk)
            held.made = now.made  # two people may have pressed the button: each line comes in once
            for one in wanted[start : start + A_STEP]:
                if str(one.row) in held.made:
                    continue
                evidence = _taken(held, one, entries[one.row], of, user)
                held.made[str(one.row)] = str(evidence.pk)
                counts[one.what] += 1
            held.save(update_fields=["made"])
        if told is not None:
            told(min(start + A_STEP, len(wanted)), len(wanted))
    held.state, held.done_at = ListImport.State.DONE, timezone.now()
    held.save(update_fields=["state", "done_at"])
    return counts


def discard(imported: ListImport) -> None:
    """Throws a list away that nobody took in."""
    rows = ListImport.objects.for_school(imported.school_id).filter(pk=imported.pk, state=ListImport.State.REVIEW)
    rows.filter(made={}).update(state=ListImport.State.DISCARDED, done_at=timezone.now())


def _taken(imported: ListImport, one: Proposal, entry: EvidenceEntry, of: Framework, user: Any) -> Evidence:
    fields = _columns(one.fills if one.to else _values(entry))
    if one.to is not None:
        row = services.held(imported.school, one.to)  # type: ignore[arg-type]
        row.school = imported.school
        wanted = {name: value for name, value in fields.items() if not getattr(row, name)}
        if wanted:
            services.save_fields(imported.school, row.pk, wanted, seen=row.version, user=user)
    else:
        if entry.sensitive and "place" in fields:  # its addresses become links, which only those see who may open them
            fields["place"] = without_addresses(fields["place"])
        row = services.create(imported.school, user, one.name, sensitive=entry.sensitive, **fields)
        if one.code:
            _give(row, one.code, user)
    for code in one.old_codes:
        keep_old_code(row, code[:40], imported.series, user)
    for address in ADDRESS.findall(entry.place or ""):
        services.attach_link(row, address[:2000], address[:200], user)
    services.use(row, of, one.criteria, user)
    return row


def _give(row: Evidence, code: str, user: Any) -> None:
    """The code of the list becomes its code for life; a code that was given meanwhile is another's, and it gets a new one."""
    School.objects.select_for_update(no_key=True).only("pk").get(pk=row.school_id)
    given = EvidenceCode.objects.for_school(row.school_id).filter(series=GIVEN, code=code)
    if given.exists():
        return
    EvidenceCode.objects.create(school=row.school, code=code, evidence=row, given_by=user)
    row.code, row.code_order = code, order_of(code)
    row.version += 1
    row._history_user, row._change_reason, row._batch = user, None, None
    row.save()
    services.tell(row, services.Kind.CODED, user, code)


def _values(entry: EvidenceEntry) -> dict[str, str]:
    names = ("number", "date", "issuer", "summary", "place", "note", "valid_until")
    return {name: value for name in names if (value := getattr(entry, name))}


def _columns(values: dict[str, str]) -> dict[str, Any]:
    """Columns of an evidence. What has no room, or is no day, stands in the note: no word is dropped."""
    columns: dict[str, Any] = dict(values)
    notes = [values["note"]] if values.get("note") else []
    if until := columns.pop("valid_until", None):
        day = last_day(until)
        if day is not None:
            columns["valid_until"] = day
        else:
            notes.append(f"Có hiệu lực đến: {until}")
    for name, most in SHORT.items():
        if len(columns.get(name, "")) > most:
            notes.append(columns[name])
            columns[name] = columns[name][: most - 1] + "…"
    if notes:
        columns["note"] = "; ".join(notes)
    return columns


def _there(imported: ListImport) -> tuple[list[Known], dict[str, str | None]]:
    school = imported.school_id
    ledger = list(EvidenceCode.objects.for_school(school).values_list("code", "series", "evidence_id"))
    codes: dict[Any, list[str]] = {}
    for code, series, evidence in ledger:
        if evidence is not None and series in (GIVEN, imported.series):
            codes.setdefault(evidence, []).append(code)
    uses: dict[Any, list[str]] = {}
    rows = EvidenceUse.objects.for_school(school).filter(framework=imported.framework, state=EvidenceUse.State.USED)
    for evidence, criterion in rows.values_list("evidence_id", "criterion"):
        uses.setdefault(evidence, []).append(criterion)
    names = ("number", "date", "issuer", "summary", "place", "note")
    known = []
    present = set()
    for row in Evidence.objects.for_school(school).only("pk", "name", "valid_until", "sensitive", *names):
        values = {name: getattr(row, name) for name in names}
        values["valid_until"] = row.valid_until.isoformat() if row.valid_until else ""
        present.add(row.pk)
        known.append(
            Known(
                str(row.pk),
                row.name,
                tuple(codes.get(row.pk, ())),
                tuple(uses.get(row.pk, ())),
                values,
                APART if row.sensitive else (),
            )
        )
    given = {code: str(key) if key in present else None for code, series, key in ledger if series == GIVEN}
    return known, given


def _entries(imported: ListImport) -> list[EvidenceEntry]:
    return [EvidenceEntry.model_validate(one) for one in imported.entries]


def _framework(imported: ListImport) -> Framework:
    found = framework(imported.framework)
    if found is None:
        raise NotNow(_("Máy chủ không còn khung tiêu chuẩn mà danh mục này được đọc theo."))
    return found


def _storable(value: Any) -> Any:
    """The value without letters that no database takes."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_storable(one) for one in value]
    if isinstance(value, dict):
        return {key: _storable(one) for key, one in value.items()}
    return value
