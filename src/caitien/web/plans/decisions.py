"""Taking decisions in a plan made from last year's: the answers given become changes of rows, issues and head, in one batch."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.errors import CaiTienError, FrameworkError
from caitien.plan import Action as ActionValue
from caitien.plan.text import lines_of, one_space
from caitien.planning.decisions import KIND_WORDS
from caitien.standards import load
from caitien.web.plans import deciding
from caitien.web.plans.deciding import Entry
from caitien.web.plans.editing import change, create_actions, new_batch, remove_actions
from caitien.web.plans.fields import FIELDS, plain
from caitien.web.plans.head_editing import save_head
from caitien.web.plans.issue_editing import remove_issues, save_issue
from caitien.web.plans.issue_fields import ISSUE_FIELDS, codes_in
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.values import columns_of, standard_of

ACCEPT, KEEP, REMOVE, EDIT = "nhan", "giu", "bo", "sua"
LATER = "de-sau"


class NotAnswered(CaiTienError):
    """The words of an answer cannot be used; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`how` the entry `key` was answered; `words`: what was written, by the names of the form's inputs."""

    key: str
    how: str
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def word(self, name: str) -> str:
        said = self.words.get(name) or [""]
        return plain(said[0])


@dataclass(slots=True)
class Taken:
    """`entries`: those that were answered; `batch`: by which all of it can be undone."""

    batch: UUID
    entries: list[Entry] = field(default_factory=list)


def answer_all(plan: Plan, answers: Sequence[Answer], *, user: Any) -> Taken:
    """Takes the decisions, all or none. Those that are over already (another took them) are passed over.

    Raises NotAnswered (nothing is stored then) and PlanLocked.
    """
    with transaction.atomic():
        held = Plan.objects.select_for_update(no_key=True).get(school=plan.school_id, pk=plan.pk)
        held.school = plan.school
        work = _Work(held, user, new_batch())
        for answer in answers:
            entry = work.open_entry(answer.key)
            if entry is None:
                continue
            if answer.how == LATER:
                entry["later"] = True
                continue
            work.take(entry, answer)
        work.finish()
        return Taken(work.batch, work.taken)


class _Work:
    """The rows of one plan while decisions are taken in it."""

    def __init__(self, plan: Plan, user: Any, batch: UUID) -> None:
        self.plan, self.user, self.batch = plan, user, batch
        self.rows = {str(r.pk): r for r in Action.objects.for_school(plan.school).filter(plan=plan)}
        self.issues = {str(i.pk): i for i in Issue.objects.for_school(plan.school).filter(plan=plan)}
        self.entries: list[Entry] = copy.deepcopy(plan.to_decide)
        self.head = copy.deepcopy(plan.head)
        self.taken: list[Entry] = []

    def open_entry(self, key: str) -> Entry | None:
        entry = next((one for one in self.entries if str(one["id"]) == key), None)
        if entry is None or not deciding.is_open(entry, self.plan, self.rows, self.issues):
            return None
        return entry

    def take(self, entry: Entry, answer: Answer) -> None:
        if answer.how not in {choice.how for choice in deciding.choices_of(entry)}:
            raise NotAnswered(_("Câu này không trả lời như vậy được; hãy tải lại trang."))
        do = getattr(self, f"_{entry['what']}", None)
        if do is not None and answer.how != KEEP:
            do(entry, answer)
        entry["settled"] = {
            "how": answer.how,
            "by": getattr(self.user, "get_full_name", str)() or str(self.user),
            "at": timezone.now().isoformat(timespec="seconds"),
            "batch": str(self.batch),
        }
        self.taken.append(entry)

    def finish(self) -> None:
        if self.head != self.plan.head:
            changed = {
                n: self.head.get(n) for n in {*self.head, *self.plan.head} if self.head.get(n) != self.plan.head.get(n)
            }
            save_head(self.plan, changed, base=self.plan, user=self.user, reason=gettext_noop("Quyết định cho năm học mới"), batch=self.batch)  # fmt: skip
        if self.entries != self.plan.to_decide:
            mine = Plan.objects.for_school(self.plan.school).filter(pk=self.plan.pk)
            mine.update(to_decide=self.entries)  # no content: nothing for the history

    # --- rows

    def _change(self, entry: Entry, columns: dict[str, Any]) -> None:
        row = self.rows[entry["row"]]
        reason = gettext_noop("Quyết định: %s") % KIND_WORDS[entry["kind"]].lower()
        change(self.plan.school, row.pk, lambda _row: columns, user=self.user, reason=reason, batch=self.batch)
        for name, value in columns.items():
            setattr(row, name, value)

    def _gone(self, entry: Entry, keys: list[str]) -> None:
        reason = gettext_noop("Đã xong từ năm trước")
        for row in (self.rows[key] for key in keys if key in self.rows):
            self._finished(row)
        remove_actions(self.plan, [UUID(key) for key in keys], user=self.user, reason=reason, batch=self.batch)
        for key in keys:
            self.rows.pop(key, None)

    def _finished(self, row: Action) -> None:
        """What was done last year after all is a result of last year."""
        before = ((row.extra or {}).get("") or {}).get("continues") or {}
        number = before.get("number") or row.number
        said = gettext_noop("Mục %(number)s: %(content)s. Kết quả: hoàn thành") % {
            "number": number,
            "content": one_space(row.content or row.weakness or "").rstrip(".; "),
        }
        self.head.setdefault("prior_results", []).append(
            {"school_year": before.get("school_year"), "level": None, "assessed": None, "met": None, "not_met": None, "text": said}
        )  # fmt: skip

    def _row(self, entry: Entry, answer: Answer) -> None:
        if answer.how == REMOVE:
            self._gone(entry, [entry["row"]])

    def _statuses(self, entry: Entry, answer: Answer) -> None:
        if answer.how == EDIT:
            done = [key for key in answer.words.get("xong", ()) if key in entry["rows"]]
            if not done:
                raise NotAnswered(_("Hãy đánh dấu những mục đã xong, hoặc bấm “Chưa mục nào xong”."))
            self._gone(entry, done)

    def _criteria(self, entry: Entry, answer: Answer) -> None:
        codes = list(entry["value"] or [])
        if answer.how == EDIT:
            codes = [c for word in (*answer.words.get("ma", ()), answer.word("ma_khac")) for c in codes_in(word)]
        codes = known_codes(self.plan.framework, list(dict.fromkeys(codes)))
        if entry["row"]:
            row = self.rows[entry["row"]]
            extra = copy.deepcopy(row.extra or {})
            if "carried" in extra.get("", {}):
                extra[""]["carried"]["status"] = "confirmed"
            self._change(entry, {"criteria": codes, "extra": extra})
            return
        self._save_issue(entry, {"criteria": {"criteria": codes, "standard": standard_of(codes) or None}})

    def _period(self, entry: Entry, answer: Answer) -> None:
        words = answer.word("thoi_gian") if answer.how == EDIT else str(entry["value"])
        if not words:
            raise NotAnswered(_("Hãy ghi thời gian, ví dụ “Tháng 10/2026” hoặc “HK I”."))
        row = self.rows[entry["row"]]
        self._change(entry, FIELDS["period"].parsed({"period": words}, row, self.plan.head.get("school_year")))

    def _budget(self, entry: Entry, answer: Answer) -> None:
        if answer.how != EDIT:
            return
        words = answer.word("kinh_phi")
        columns = FIELDS["budget"].parsed({"budget": words}, self.rows[entry["row"]], None)
        if words and columns["budget_vnd"] is None:
            raise NotAnswered(_("“%s” chưa đọc ra số tiền. Hãy ghi như 2.500.000 đồng hoặc 18,5 triệu.") % words)
        if self.rows[entry["row"]].budget_lines:
            columns["budget_lines"] = []
        self._change(entry, columns)

    def _words(self, entry: Entry, answer: Answer) -> None:
        row = self.rows[entry["row"]]
        words = _said(entry, answer)
        value = getattr(row, entry["field"])
        if isinstance(value, list):
            at = value.index(entry["was"])
            self._change(entry, {entry["field"]: [*value[:at], *lines_of(words), *value[at + 1 :]]})
        else:
            self._change(entry, {entry["field"]: words})

    def _put(self, entry: Entry, answer: Answer) -> None:
        value = ActionValue.model_validate(entry["value"])
        before = ((value.model_extra or {}).get("continues") or {}).get("id")
        columns = {**columns_of(value), "continues_id": UUID(before) if before else None}
        columns["number"] = len(self.rows) + 1
        reason = gettext_noop("Đưa lại từ kế hoạch năm trước")
        row = create_actions(self.plan, [columns], user=self.user, reason=reason, batch=self.batch)[0]
        self.rows[str(row.pk)] = row
        asked = deciding.asked_of_a_row_put_in(row)
        if asked is not None:
            numbers = [int(e["id"]) for e in self.entries if str(e["id"]).isdecimal()]
            said = gettext_noop("Mục %s vừa đưa vào: tiêu chí theo khung mới?") % row.number
            self.entries.append({**asked, "id": str(max(numbers, default=0) + 1), "sentence": said, "came_with": str(self.batch)})  # fmt: skip

    # --- issues

    def _save_issue(self, entry: Entry, wanted: dict[str, dict[str, Any]]) -> None:
        issue = self.issues[entry["issue"]]
        reason = gettext_noop("Quyết định: %s") % KIND_WORDS[entry["kind"]].lower()
        outcome = save_issue(self.plan, issue.pk, wanted, base=issue, user=self.user, reason=reason, batch=self.batch)
        self.issues[entry["issue"]] = outcome.row

    def _issue(self, entry: Entry, answer: Answer) -> None:
        if answer.how == REMOVE:
            issue = self.issues.pop(entry["issue"])
            remove_issues(
                self.plan, [issue.pk], user=self.user, reason=gettext_noop("Không phải trọng tâm"), batch=self.batch
            )
        elif answer.how == EDIT:
            sent = {name: answer.word(name) for name in ("weakness", "current_state", "cause") if name in answer.words}
            issue = self.issues[entry["issue"]]
            if not sent.get("weakness"):
                raise NotAnswered(_("Hãy viết điểm hạn chế, hoặc bấm “Bỏ vấn đề này”."))
            self._save_issue(entry, {name: ISSUE_FIELDS[name].parsed(sent, issue, None) for name in sent})

    # --- head

    def _purpose(self, entry: Entry, answer: Answer) -> None:
        self.head["purposes"] = _replaced(self.head["purposes"], entry["was"], lines_of(_said(entry, answer)))

    def _task(self, entry: Entry, answer: Answer) -> None:
        for role in self.head["organisation"]:
            if entry["was"] in role["tasks"]:
                role["tasks"] = _replaced(role["tasks"], entry["was"], lines_of(_said(entry, answer)))
                return

    def _legal_subject(self, entry: Entry, answer: Answer) -> None:
        for basis in self.head["legal_bases"]:
            if basis["subject"] == entry["was"]:
                basis["subject"] = _said(entry, answer)
                return

    def _legal_added(self, entry: Entry, answer: Answer) -> None:
        if answer.how == REMOVE:
            self.head["legal_bases"] = [b for b in self.head["legal_bases"] if b.get("number") != entry["was"]]

    def _legal_left_out(self, entry: Entry, answer: Answer) -> None:
        if answer.how == REMOVE:
            self.head.setdefault("legal_bases", []).append(entry["value"])

    def _evidence(self, entry: Entry, answer: Answer) -> None:
        """Confirms a new evidence code, in the head's list and wherever an action or an issue mentions the old one."""
        import re

        code = (entry["value"] or [""])[0] if answer.how != EDIT else answer.word("ma_moi")
        framework = load(str(self.plan.framework))
        if not re.fullmatch(framework.evidence.pattern, code):
            raise NotAnswered(_("Mã minh chứng mới phải là một mã như %s.") % framework.evidence.example)
        proposals = self.head["carried"]["evidence"]
        other = next((e for e in proposals if e["old"] != entry["was"] and e["new"] == [code]), None)
        if other is not None:
            said = {"code": code, "old": other["old"]}
            raise NotAnswered(_("Mã %(code)s đã dùng cho %(old)s; một mã chỉ cho một minh chứng.") % said)
        for proposal in proposals:
            if proposal["old"] == entry["was"]:
                proposal |= {"new": [code], "status": "confirmed"}
        for key, row in self.rows.items():
            extra = copy.deepcopy(row.extra or {})
            mentioned = extra.get("", {}).get("carried", {}).get("evidence", [])
            for one in mentioned:
                if one["old"] == entry["was"]:
                    one |= {"new": code, "status": "confirmed"}
            if extra != (row.extra or {}):
                self._change({**entry, "row": key}, {"extra": extra})

    # --- people

    def _people(self, entry: Entry, answer: Answer) -> None:
        if answer.how != EDIT:
            return
        old, new = answer.words.get("nguoi", ()), answer.words.get("thay_bang", ())
        instead = {a: one_space(b) for a, b in zip(old, new, strict=False) if one_space(b) and one_space(b) != a}
        if not instead:
            raise NotAnswered(_("Chưa ghi ai thay ai. Hãy ghi tên người mới, hoặc bấm “Đã xem, không đổi ai”."))
        for key, row in self.rows.items():
            columns = {}
            for name in ("responsible", "collaborators"):
                now = list(dict.fromkeys(instead.get(one_space(p), p) for p in getattr(row, name)))
                if now != getattr(row, name):
                    columns[name] = now
            if columns:
                self._change({**entry, "row": key}, columns)


def known_codes(framework: str | None, codes: list[str]) -> list[str]:
    """The codes, when the framework has them all. Raises NotAnswered with the sentence that says which it has not."""
    if not codes:
        raise NotAnswered(_("Hãy chọn ít nhất một tiêu chí."))
    try:
        found = load(framework) if framework else None
    except FrameworkError:
        found = None
    unknown = [
        code for code in codes if found is not None and found.criterion(code) is None and not code.startswith("M")
    ]
    if unknown and found is not None:
        said = {"codes": ", ".join(unknown), "framework": found.short_title}
        raise NotAnswered(_("%(framework)s không có tiêu chí %(codes)s; hãy chọn lại.") % said)
    return codes


def _said(entry: Entry, answer: Answer) -> str:
    words = answer.word("chu") if answer.how == EDIT else str(entry["value"])
    if not words:
        raise NotAnswered(_("Hãy viết chữ thay vào, hoặc bấm “Giữ như cũ”."))
    return words


def _replaced(texts: list[str], was: str, now: list[str]) -> list[str]:
    at = texts.index(was)
    return [*texts[:at], *now, *texts[at + 1 :]]


def people_of(rows: Sequence[Action]) -> list[tuple[str, int]]:
    """Who stands in the rows, as printed, with the number of rows; who has most first."""
    count: dict[str, int] = {}
    for row in rows:
        for person in dict.fromkeys(one_space(p) for p in (*row.responsible, *row.collaborators)):
            if person:
                count[person] = count.get(person, 0) + 1
    return sorted(count.items(), key=lambda pair: -pair[1])
