"""What people have to settle in a plan made from last year's: entries with stable keys, what still stands, what can be chosen.

An entry is plain JSON in `Plan.to_decide`. It names its action or issue by key and the words it is about as they were, so
that it stays true when rows move, and is over by itself when somebody has written there meanwhile. No query here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caitien.planning import Decision, NextYear
from caitien.planning.decisions import KIND_WORDS
from caitien.standards import Crosswalk, crosswalk
from caitien.web.plans.fields import FIELDS
from caitien.web.plans.models import Action, Issue, Plan

GONE = object()
"""What an entry was about is not there any more."""
Entry = dict[str, Any]

WITH_ROW = ("row", "criteria", "period", "budget", "words")
LISTS_OF_HEAD = {"purposes": "purpose", "legal_bases": "legal_subject", "organisation": "task"}


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be given. `how` is sent back; `main`: agreeing with what is proposed."""

    how: str
    label: Any
    main: bool = False


@dataclass(slots=True)
class Shown:
    """An entry on the page, with its row."""

    entry: Entry
    row: Action | None = None
    issue: Issue | None = None
    choices: list[Choice] = field(default_factory=list)
    rows: list[Action] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.entry["id"])

    @property
    def main(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.main), None)


# --- making


def entries_of(made: NextYear, issues: Sequence[Issue], rows: Sequence[Action]) -> list[Entry]:
    """The decisions of the library as entries: places become keys, several codes of one row become one question."""
    found: list[Entry] = []
    criteria: dict[tuple[str | None, str | None], Entry] = {}
    for decision in made.decisions:
        entry = _entry(decision, made, issues, rows)
        if entry["what"] == "criteria":
            key = (entry["row"], entry["issue"])
            if key in criteria:
                continue
            criteria[key] = entry
        found.append(entry)
    for number, entry in enumerate(found, 1):
        entry["id"] = str(number)
    return found


def _entry(decision: Decision, made: NextYear, issues: Sequence[Issue], rows: Sequence[Action]) -> Entry:
    entry: Entry = {
        "id": "",
        "kind": decision.kind,
        "what": "other",
        "row": None,
        "issue": None,
        "field": None,
        "sentence": decision.sentence,
        "value": decision.value,
        "was": None,
        "settled": None,
        "later": False,
    }
    steps = decision.place.strip("/").split("/")
    if steps[0] == "actions":
        _of_action(entry, steps, made, rows)
    elif steps[0] == "issues":
        issue = issues[int(steps[1])]
        entry["issue"] = str(issue.pk)
        if decision.kind == "criteria":
            entry |= {"what": "criteria", "was": issue.criteria, "moves": _moves(made.plan.issues[int(steps[1])])}
        else:
            entry |= {"what": "issue", "was": issue_words(issue)}
    elif steps[0] == "carried":
        evidence = (made.plan.model_extra or {})["carried"]["evidence"][int(steps[2])]
        entry |= {"what": "evidence", "was": evidence["old"]}
    else:
        _of_head(entry, decision, steps, made)
    return entry


def _of_action(entry: Entry, steps: list[str], made: NextYear, rows: Sequence[Action]) -> None:
    if len(steps) == 1:
        _of_all_actions(entry, rows)
        return
    if steps[1] == "-":
        entry |= {"what": "put", "value": _under_the_framework(entry["value"], made)}
        return
    row, rest = rows[int(steps[1])], steps[2:]
    entry["row"] = str(row.pk)
    if entry["kind"] == "criteria":
        entry |= {"what": "criteria", "was": row.criteria, "moves": _moves(made.plan.actions[int(steps[1])])}
    elif not rest:
        entry |= {"what": "row", "was": row.progress_status}
    elif rest[0] == "period":
        entry |= {"what": "period", "was": period_words(row)}
    elif rest[0] == "resources":
        entry |= {"what": "budget", "was": [row.budget_vnd, row.budget_text]}
    else:
        value = getattr(row, rest[0])
        entry |= {"what": "words", "field": rest[0], "was": value[int(rest[1])] if len(rest) > 1 else value}


def _of_all_actions(entry: Entry, rows: Sequence[Action]) -> None:
    if entry["kind"] == "status":
        silent = [r for r in rows if _last(r) and _last(r).get("status") is None]
        entry |= {"what": "statuses", "rows": [str(row.pk) for row in silent]}
    elif "chưa có người phụ trách" in entry["sentence"]:
        entry |= {"what": "nobody", "rows": [str(row.pk) for row in rows if not row.responsible]}
    else:
        entry["what"] = "people"


def _of_head(entry: Entry, decision: Decision, steps: list[str], made: NextYear) -> None:
    plan = made.plan
    if steps[0] == "legal_bases" and len(steps) == 2:
        if steps[1] == "-":
            entry |= {"what": "legal_left_out", "was": decision.value.get("number") or decision.value.get("subject")}
        else:
            entry |= {"what": "legal_added", "was": plan.legal_bases[int(steps[1])].number}
    elif steps[0] == "legal_bases":
        entry |= {"what": "legal_subject", "was": plan.legal_bases[int(steps[1])].subject}
    elif steps[0] == "purposes":
        entry |= {"what": "purpose", "was": plan.purposes[int(steps[1])]}
    elif steps[0] == "organisation":
        entry |= {"what": "task", "was": plan.organisation[int(steps[1])].tasks[int(steps[3])]}
    elif steps[0] == "prior_results":
        entry["what"] = "results"
    elif steps[0] in ("document", "framework"):
        entry["what"] = steps[0]


def _under_the_framework(value: Mapping[str, Any], made: NextYear) -> dict[str, Any]:
    """A row that is not in the plan, with its criteria as the crosswalk proposes them, so that it fits when it is put in."""
    carried = (made.plan.model_extra or {}).get("carried")
    way = crosswalk(carried["from"], carried["to"]) if carried else None
    if way is None:
        return dict(value)
    codes = list(value.get("criteria") or ())
    moves = [_move(code, way) for code in codes]
    mains = [move["new"][0] for move in moves if move["new"]]
    others = [code for move in moves for code in move["new"][1:]]
    own = {"status": "proposed", "framework": way.old, "criteria": codes, "moves": moves, "evidence": []}
    return {**value, "criteria": list(dict.fromkeys((*mains, *others))), "carried": own}


def _move(code: str, way: Crosswalk) -> dict[str, Any]:
    move = way.move(code)
    if move is None:
        return {"old": code, "new": [], "likeness": None, "reason": ""}
    targets = sorted(move.new, key=lambda target: not target.main)
    return {"old": code, "new": [t.code for t in targets], "likeness": move.likeness, "reason": move.reason}


def _moves(part: Any) -> list[dict[str, Any]]:
    return list(((part.model_extra or {}).get("carried") or {}).get("moves", []))


def _last(row: Action) -> Any:
    prior = ((row.extra or {}).get("") or {}).get("prior") or []
    return prior[-1] if prior else None


def asked_of_a_row_put_in(row: Action) -> Entry | None:
    """The question about the criteria of a row that a decision put in; None when they need none."""
    moves = (((row.extra or {}).get("") or {}).get("carried") or {}).get("moves", [])
    if not moves:
        return None
    return {
        "kind": "criteria",
        "what": "criteria",
        "row": str(row.pk),
        "issue": None,
        "field": None,
        "sentence": "",
        "value": row.criteria,
        "was": row.criteria,
        "moves": moves,
        "settled": None,
        "later": False,
    }


# --- what still stands


def period_words(row: Action) -> list[Any]:
    return [row.period_text, row.period_start, row.period_end]


def issue_words(issue: Issue) -> list[Any]:
    return [issue.current_state, issue.weakness, issue.cause]


def is_open(entry: Entry, plan: Plan, rows: Mapping[str, Action], issues: Mapping[str, Issue]) -> bool:
    """Whether somebody still has to settle it: nobody did, and what it is about stands as it did."""
    return not entry.get("settled") and _now(entry, plan, rows, issues) == entry.get("was")


def _now(entry: Entry, plan: Plan, rows: Mapping[str, Action], issues: Mapping[str, Issue]) -> Any:
    """What stands today where the entry asks; equal to its `was` as long as it has to be asked."""
    what, was = entry["what"], entry.get("was")
    if what in WITH_ROW or (what == "criteria" and entry["row"]):
        row = rows.get(entry["row"] or "") if entry["row"] else None
        owner = row or issues.get(entry["issue"] or "")
        return GONE if owner is None else _of_row(entry, owner)
    if what == "issue":
        issue = issues.get(entry["issue"])
        return GONE if issue is None else issue_words(issue)
    if what == "nobody":
        return was if any(key in rows and not rows[key].responsible for key in entry["rows"]) else GONE
    if what == "statuses":
        return was if any(key in rows for key in entry["rows"]) else GONE
    return _of_the_head(entry, plan)


def _of_row(entry: Entry, owner: Any) -> Any:
    what = entry["what"]
    if what == "criteria":
        return owner.criteria
    if what == "row":
        return owner.progress_status
    if what == "period":
        return period_words(owner)
    if what == "budget":
        return [owner.budget_vnd, owner.budget_text]
    value = getattr(owner, entry["field"])
    return (entry["was"] if entry["was"] in value else GONE) if isinstance(value, list) else value


def _of_the_head(entry: Entry, plan: Plan) -> Any:
    what, was, head = entry["what"], entry.get("was"), plan.head
    bases = head.get("legal_bases") or []
    held: dict[str, list[Any]] = {
        "purpose": head.get("purposes") or [],
        "task": [task for role in head.get("organisation") or [] for task in role.get("tasks") or []],
        "legal_subject": [basis.get("subject") for basis in bases],
        "legal_added": [basis.get("number") for basis in bases],
    }
    if what in held:
        return was if was in held[what] else GONE
    if what == "legal_left_out":
        return GONE if was in [b.get("number") or b.get("subject") for b in bases] else was
    if what == "results":
        counted = any(r.get("level") or r.get("met") is not None for r in head.get("prior_results") or [])
        return GONE if counted or head.get("level_reached") else was
    if what == "document":
        paper = head.get("document") or {}
        return GONE if paper.get("number") or paper.get("date") else was
    if what == "evidence":
        carried = (head.get("carried") or {}).get("evidence") or []
        open_ones = [e["old"] for e in carried if e.get("status") != "confirmed"]
        return was if was in open_ones else GONE
    return was


def open_entries(plan: Plan, rows: Iterable[Action], issues: Iterable[Issue]) -> list[Entry]:
    """The entries that people still have to settle; those put off come last."""
    by_row = {str(row.pk): row for row in rows}
    by_issue = {str(issue.pk): issue for issue in issues}
    found = [entry for entry in plan.to_decide if is_open(entry, plan, by_row, by_issue)]
    return sorted(found, key=lambda entry: bool(entry.get("later")))


# --- what can be chosen

_ACCEPT, _KEEP, _REMOVE, _EDIT = "nhan", "giu", "bo", "sua"


def shown(entry: Entry, rows: Mapping[str, Action], issues: Mapping[str, Issue]) -> Shown:
    """An entry with its row and the answers that can be given."""
    return Shown(
        entry,
        rows.get(entry.get("row") or ""),
        issues.get(entry.get("issue") or ""),
        choices_of(entry),
        [rows[key] for key in entry.get("rows") or [] if key in rows],
    )


def choices_of(entry: Entry) -> list[Choice]:
    """The answers to an entry besides "để sau", the one that agrees first."""
    proposes = entry.get("value") not in (None, "", [])
    agree = Choice(_ACCEPT, _("Nhận đề xuất"), main=True)
    keep, edit = Choice(_KEEP, _("Giữ như cũ")), Choice(_EDIT, _("Sửa"))
    table: dict[str, list[Choice]] = {
        "row": [Choice(_ACCEPT, _("Chưa xong, giữ lại"), main=True), Choice(_REMOVE, _("Đã xong, bỏ ra"))],
        "statuses": [Choice(_EDIT, _("Chọn mục đã xong")), Choice(_ACCEPT, _("Chưa mục nào xong"), main=True)],
        "criteria": [*([agree] if proposes else []), edit],
        "period": [*([agree] if proposes else []), keep, edit],
        "budget": [Choice(_ACCEPT, _("Giữ nguyên số tiền"), main=True), edit],
        "words": [agree, keep, edit],
        "issue": [Choice(_ACCEPT, _("Giữ vấn đề này"), main=True), edit, Choice(_REMOVE, _("Bỏ vấn đề này"))],
        "put": [
            Choice(_ACCEPT, pgettext_lazy("một mục", "Đưa vào kế hoạch"), main=True),
            Choice(_KEEP, _("Không đưa vào")),
        ],
        "legal_added": [Choice(_ACCEPT, _("Đồng ý thêm"), main=True), Choice(_REMOVE, _("Bỏ căn cứ này"))],
        "legal_left_out": [Choice(_ACCEPT, _("Đồng ý bỏ"), main=True), Choice(_REMOVE, _("Đưa trở lại"))],
        "evidence": [*([agree] if proposes else []), edit],
        "people": [Choice(_ACCEPT, _("Đã xem, không đổi ai"), main=True), Choice(_EDIT, _("Phân công lại"))],
        "nobody": [Choice(_KEEP, _("Để trống"))],
        "results": [Choice(_KEEP, _("Không cần ghi thêm"))],
        "document": [Choice(_KEEP, _("Để đến khi ban hành"))],
        "framework": [Choice(_KEEP, _("Giữ khung này"))],
    }
    texts = ("purpose", "task", "legal_subject")
    return table["words"] if entry["what"] in texts else table.get(entry["what"], [keep])


def can_be_accepted_at_once(entry: Entry) -> bool:
    """Whether "nhận tất cả đề xuất" may answer it: there is a proposal, and agreeing adds nothing that was stopped."""
    return entry["kind"] not in ("dropped", "people", "status") and any(c.main for c in choices_of(entry))


KIND_LABELS: dict[str, Any] = {
    "framework": _("Khung tiêu chuẩn"),
    "status": _("Mục chưa rõ đã xong hay chưa"),
    "repeat": _("Việc hằng năm đã xong"),
    "dropped": _("Mục đã dừng"),
    "period": _("Thời gian"),
    "criteria": _("Tiêu chí theo khung mới"),
    "issue": _("Vấn đề trọng tâm"),
    "text": _("Chữ còn ghi năm cũ"),
    "money": _("Kinh phí"),
    "people": _("Người phụ trách"),
    "evidence": _("Mã minh chứng"),
    "legal": _("Căn cứ pháp lý"),
    "results": _("Kết quả năm trước"),
    "document": _("Số, ngày, chữ ký"),
}
"""The words of the library for each kind, in the reader's language."""


def kinds_in_order(entries: Iterable[Entry]) -> list[tuple[str, Any, list[Entry]]]:
    """(kind, its heading, its entries) in the order of the library, kinds without entries left out."""
    found = list(entries)
    groups = [
        (kind, KIND_LABELS.get(kind, word), [e for e in found if e["kind"] == kind])
        for kind, word in KIND_WORDS.items()
    ]
    return [group for group in groups if group[2]]


ANSWERS = {
    _ACCEPT: _("đã nhận đề xuất"),
    _KEEP: _("đã giữ như cũ"),
    _REMOVE: _("đã bỏ, hoặc làm ngược đề xuất"),
    _EDIT: _("đã sửa"),
}
LABEL_OF_FIELD = {name: field.label for name, field in FIELDS.items()}
