"""A list of evidence as rows of words -> entries: codes, criteria, dates found; what is doubtful said, nothing lost.

The rows come from any file (`caitien.reading.evidence_list`) or from a paste. Lists of 2026 have five columns, those of
2018 six, schools add their own: a column that we have no field for goes into the note, under its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from caitien.assessment.evidence_codes import cited
from caitien.assessment.findings import Finding, Place
from caitien.assessment.model import EvidenceEntry, EvidenceState
from caitien.assessment.tables_sheets import day_read
from caitien.plan.model import Severity
from caitien.plan.text import fold, lines_of, one_space, squash
from caitien.standards.model import Framework

SEARCHED_ROWS = 40  # headings stand within the first rows
LONGEST_HEADING = 120

HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (  # folded; the first that fits, the longer phrases first
    ("line", ("tt", "stt", "so tt", "so thu tu")),
    ("code", ("ma minh chung", "ma mc", "ma so minh chung", "ma hoa", "ma")),
    ("number_date", ("so, ngay", "so va ngay", "so/ngay", "so ngay", "so, ky hieu, ngay", "so hieu, ngay")),
    ("number", ("so ky hieu", "so, ky hieu", "so hieu", "so van ban", "ky hieu")),
    ("valid_until", ("hieu luc den", "co gia tri den", "han", "ngay het han")),
    ("date", ("ngay", "thoi diem")),
    ("issuer", ("noi ban hanh", "co quan ban hanh", "don vi ban hanh", "nguoi ban hanh", "nhom, ca nhan thuc hien")),
    ("place", ("dinh dang", "vi tri", "noi luu", "luu tru", "duong dan", "link", "lien ket")),
    ("criteria", ("tieu chi", "dung cho tieu chi", "thuoc tieu chi")),
    ("state", ("tinh trang", "trang thai")),
    ("note", ("ghi chu",)),
    ("name", ("ten minh chung", "ten mc", "ten van ban", "ten ho so", "minh chung", "ten tai lieu", "ten")),
    ("summary", ("trich yeu", "noi dung", "tom tat")),
)
_FIELDS = ("number", "date", "issuer", "summary", "place", "note", "valid_until")
_STATES: dict[str, EvidenceState] = {
    "da xac nhan": "verified", "da duyet": "verified", "da kiem tra": "verified", "dat": "verified",
    "tu choi": "rejected", "khong dat": "rejected", "het han": "expired", "het hieu luc": "expired",
    "thay the": "replaced", "da thay": "replaced", "cho xac nhan": "submitted", "da nop": "submitted",
}  # fmt: skip
_BAND = re.compile(r"^(?:tieu chuan|tieu chi|muc|phan|phu luc|[ivx]+\.)\b")
_CRITERION = re.compile(r"(?<![\d.])(?:M?\d{1,2}\.\d{1,2})(?![\d.]|/\d)")
_OTHER_CODE = re.compile(
    r"\[?\b(?:MC\s?[.\-–]?\s?\d+(?:\s?[.\-–]\s?\d+)+|H\s?\d+\s?[.\-–]\s?\d+(?:\s?[.\-–]\s?\d+)+)\]?"
)
_BOX_CODE = re.compile(r"\[?\s?H\s?\d")
_DATE = re.compile(r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*((?:19|20)\d{2})\b")


@dataclass(slots=True)
class EvidenceListRead:
    """`entries` in the order of the list; `findings`: what is doubtful, `Place.evidence` is the index of the entry."""

    entries: list[EvidenceEntry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    found_headings: bool = False


def read_rows(
    rows: Sequence[Sequence[str]], framework: Framework, *, columns: dict[int, str] | None = None
) -> EvidenceListRead:
    """The entries of a table of words. `columns`: those of the table before, when this one goes on without headings."""
    made = EvidenceListRead()
    at, fields, titles = _headings(rows)
    if fields:
        made.found_headings = True
    elif columns:
        at, fields, titles = -1, columns, {}
    else:
        return made
    reading = _Rows(framework, fields, titles, made)
    for row in rows[at + 1 :]:
        reading.row([one_space(cell) for cell in row])
    _of_another_framework(made, framework)
    return made


def _of_another_framework(made: EvidenceListRead, framework: Framework) -> None:
    """Most codes are like [H1-1.1-01] and this framework has none such: says so first, with what to do."""
    old = [one for one in made.entries if not one.code and any(_BOX_CODE.match(code) for code in one.old_codes)]
    if "{box}" in framework.evidence.code or len(old) < 2 or len(old) * 2 <= len(made.entries):
        return
    said = (
        f"{len(old)} dòng mang mã kiểu {old[0].old_codes[0][:40]} của khung 2018. Nếu đây là danh mục theo khung 2018: hãy bỏ "
        "danh mục này, chọn khung 2018 rồi đọc lại, thì mỗi dòng giữ được tiêu chí của nó."
    )
    made.findings.insert(0, Finding("other-framework", "warning", said, Place()))


def columns_of(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Which field each column of a table holds; {} when its first rows are no headings of a list of evidence."""
    return _headings(rows)[1]


def joined(
    existing: Sequence[EvidenceEntry], read: Iterable[EvidenceEntry]
) -> tuple[list[EvidenceEntry], list[Finding]]:
    """A list with what another brings: an entry with a known code fills in what is empty and adds its criteria; what
    says otherwise is a finding and the existing words stand; what is new is added at the end."""
    result = [entry.model_copy(deep=True) for entry in existing]
    findings: list[Finding] = []
    by_code = {squash(code): n for n, entry in enumerate(result) for code in (entry.code, *entry.old_codes) if code}
    for new in read:
        n = by_code.get(squash(new.code)) if new.code else None
        if n is None or squash(result[n].name) != squash(new.name):
            if n is not None:
                said = f"Mã {new.code} đã dùng cho “{result[n].name}”, trong tệp là “{new.name}”; cả hai được giữ, hãy đổi mã một minh chứng."
                findings.append(Finding("same-code-twice", "error", said, Place(evidence=len(result), code=new.code)))
            result.append(new.model_copy(deep=True))
            if new.code:
                by_code.setdefault(squash(new.code), len(result) - 1)
            continue
        own = result[n]
        own.criteria = list(dict.fromkeys([*own.criteria, *new.criteria]))
        own.old_codes = list(dict.fromkeys([*own.old_codes, *new.old_codes]))
        for name in _FIELDS:
            before, now = getattr(own, name), getattr(new, name)
            if now and not before:
                setattr(own, name, now)
            elif now and squash(now) != squash(before):
                said = f"{new.code} “{own.name}”: trong tệp ghi “{now[:80]}”, đang có “{before[:80]}”; phần đang có được giữ."
                findings.append(
                    Finding("says-otherwise", "warning", said, Place(evidence=n, code=new.code, field=name), now)
                )
    return result, findings


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, str], dict[int, str]]:
    for at, row in enumerate(rows[:SEARCHED_ROWS]):
        fields: dict[int, str] = {}
        titles: dict[int, str] = {}
        for c, cell in enumerate(row):
            title = one_space(cell)
            if not title or len(title) > LONGEST_HEADING:
                continue
            found = _field_of(title)
            if found and found not in fields.values():
                fields[c] = found
            elif title not in titles.values():
                titles[c] = title
        if "name" in fields.values() and len(fields) >= 2 and ({"code", "line"} & set(fields.values())):
            return at, fields, titles
    return -1, {}, {}


def _field_of(title: str) -> str | None:
    words = re.sub(r"\s*\(.*?\)\s*", " ", fold(title)).strip(" .:*")
    for name, phrases in HEADINGS:
        if any(words == phrase for phrase in phrases):
            return name
    for name, phrases in HEADINGS:
        if any(len(phrase) > 3 and re.match(rf"{re.escape(phrase)}\b", words) for phrase in phrases):
            return name
    return None


class _Rows:
    """The rows of one table, one after the other."""

    def __init__(
        self, framework: Framework, fields: dict[int, str], titles: dict[int, str], made: EvidenceListRead
    ) -> None:
        self.framework, self.fields, self.titles, self.made = framework, fields, titles, made
        self.criterion: str | None = None
        self.by_code: dict[str, int] = {}

    def row(self, cells: list[str]) -> None:
        said = [cell for cell in cells if cell]
        if not said or all(re.fullmatch(r"\(?\d{1,2}\)?", cell) for cell in said):
            return  # empty, or the row that numbers the columns
        if len(set(said)) == 1 and _BAND.match(fold(said[0])):
            self._band(said[0])
            return
        values = {name: cells[c] for c, name in self.fields.items() if c < len(cells) and cells[c]}
        words = [cell for cell in said if not re.fullmatch(r"\d{1,3}[.)]?", cell)]
        if len(set(words)) == 1 and re.match(r"(?:tieu chuan|tieu chi) m?\d", fold(words[0])):
            self._band(words[0])
            return
        if _field_of(values.get("name", "")) == "name" and _field_of(values.get("code", "mã")) == "code":
            return  # headings repeated on a new page
        if not values.get("name"):
            self._without_name(values, said)
            return
        self._entry(values, cells)

    def _band(self, words: str) -> None:
        """ "Tiêu chí 1.1: …" over its evidence."""
        codes = [code for code in _CRITERION.findall(words) if self.framework.criterion(code)]
        self.criterion = codes[0] if codes else None

    def _without_name(self, values: dict[str, str], said: list[str]) -> None:
        words = " | ".join(said)
        if set(values) <= {"line"} or not words:
            return
        n = len(self.made.entries)
        message = f"Một dòng không có tên minh chứng: “{words[:100]}”; dòng này được giữ, hãy ghi tên."
        self._say("no-name", message, n, words)
        self._entry(values | {"name": values.get("summary") or values.get("code") or words[:200]}, [])

    def _entry(self, values: dict[str, str], cells: list[str]) -> None:
        n = len(self.made.entries)
        if re.match(r"tieu chi m?\d", fold(values.get("criteria", ""))):
            self._band(values["criteria"])  # written once, in the first row of its evidence
        code, old_codes = self._codes(values.get("code", ""), values["name"], n)
        criteria = self._criteria(values.get("criteria", ""), code, n)
        number, day = _number_and_date(values)
        notes = [values.get("note", "")] + [
            f"{title}: {cells[c]}" for c, title in self.titles.items() if c < len(cells) and cells[c]
        ]
        state, unknown = _state(values.get("state", ""))
        if unknown:
            notes.append(f"Tình trạng: {unknown}")
        entry = EvidenceEntry(
            code=code,
            old_codes=old_codes,
            name=values["name"],
            number=number,
            date=day,
            issuer=values.get("issuer"),
            summary=values.get("summary"),
            place=values.get("place"),
            note="; ".join(note for note in notes if note) or None,
            criteria=criteria,
            state=state,
            valid_until=day_read(values["valid_until"]) if values.get("valid_until") else None,
        )
        before = self.by_code.get(squash(code)) if code else None
        if before is not None and squash(self.made.entries[before].name) == squash(entry.name):
            merged, findings = joined([self.made.entries[before]], [entry])
            self.made.entries[before] = merged[0]
            self.made.findings += findings
            return
        if before is not None:
            said = (
                f"Mã {code} ghi cho hai minh chứng: “{self.made.entries[before].name[:80]}” và “{entry.name[:80]}”; "
                "cả hai được giữ, hãy đổi mã một minh chứng."
            )
            self._say("same-code-twice", said, n, code, "error")
        self.made.entries.append(entry)
        if code:
            self.by_code.setdefault(squash(code), n)

    def _codes(self, words: str, name: str, n: int) -> tuple[str | None, list[str]]:
        """(the code of the framework, others that the cell holds)."""
        own = [one.code for one in cited(words, self.framework.evidence)]
        rest = words
        for one in reversed(cited(words, self.framework.evidence)):
            rest = rest[: one.start] + " " + rest[one.end :]
        others = [one_space(match[0]) for match in _OTHER_CODE.finditer(rest)]
        rest = one_space(_OTHER_CODE.sub(" ", rest)).strip(" ,;()[]")
        if len(own) > 1:
            said = f"“{name[:80]}” có {len(own)} mã ({', '.join(own)}); lấy {own[0]}, các mã khác giữ là mã cũ."
            self._say("two-codes", said, n, words)
        if not own and words:
            said = (
                f"“{name[:80]}”: mã “{words[:40]}” không đúng dạng của khung này (như {self.framework.evidence.example}); "
                "được giữ là mã cũ, phần mềm sẽ cấp mã mới."
            )
            self._say("not-a-code", said, n, words)
            if not others:
                others = [words]
        elif rest:
            others.append(rest)
        return (own[0] if own else None), list(dict.fromkeys([*own[1:], *others]))

    def _criteria(self, words: str, code: str | None, n: int) -> list[str]:
        named = _CRITERION.findall(words)
        known = [one for one in named if self.framework.criterion(one)]
        strange = [one for one in named if one not in known]
        if strange:
            said = f"Khung này không có tiêu chí {', '.join(strange)}; hãy gắn lại minh chứng."
            self._say("not-in-framework", said, n, words)
        of_code = [one.criterion for one in cited(code, self.framework.evidence)] if code else []
        own = [one for one in of_code if self.framework.criterion(one)]
        here = [self.criterion] if self.criterion else []
        return list(dict.fromkeys([*own, *known, *here]))

    def _say(self, rule: str, message: str, n: int, quote: str | None, severity: Severity = "warning") -> None:
        self.made.findings.append(Finding(rule, severity, message, Place(evidence=n), quote))


def _number_and_date(values: dict[str, str]) -> tuple[str | None, str | None]:
    """Of one column with both ("12/QĐ-THCS ngày 10/9/2025"), or of two."""
    number, day = values.get("number"), values.get("date")
    both = values.get("number_date", "")
    found = _DATE.search(both)
    if found:
        rest = both[: found.start()] + both[found.end() :]
        rest = re.sub(r"(?i)\bngày\s*(?:ban hành)?\s*:?\s*(?=[,;.]|$)", "", rest)
        number = number or re.sub(r"(?i)^số\s*:?\s*", "", one_space(rest).strip(" ,;.-–")) or None
        day = day or found[0]
    elif both:
        number = number or re.sub(r"(?i)^số\s*:?\s*", "", both)
    return number or None, (day_read(day) if day else None)


def _state(words: str) -> tuple[EvidenceState, str | None]:
    said = fold(words)
    if not said:
        return "submitted", None
    for phrase, state in _STATES.items():
        if said == phrase or said.startswith(f"{phrase} "):
            return state, None
    return "submitted", words


def rows_of_lines(text: str) -> list[list[str]]:
    """Words pasted from a spreadsheet: a line a row, a tab between cells."""
    return [line.split("\t") for line in text.splitlines() if lines_of(line)]
