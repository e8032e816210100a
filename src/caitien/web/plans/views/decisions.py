"""Cần quyết định: what did the program not settle when it made the plan? Each with its proposal, answered by one click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from caitien.planning.decisions import KIND_WORDS
from caitien.web.plans import deciding
from caitien.web.plans.decisions import EDIT, LATER, Answer, NotAnswered, answer_all, people_of
from caitien.web.plans.forms import LONGEST_TEXT
from caitien.web.plans.frameworks import criterion_titles, framework
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.views.context import link, plan_of, rows_of_plan
from caitien.web.plans.views.frozen import why_not
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.people import Directory
from caitien.web.schools.roles import Capability, may
from caitien.web.ui.differences import differences

ALL = "nhan-het"
MOST_OF_A_KIND = 6
LIKENESS = {
    "high": (gettext_lazy("cao"), "success"),
    "medium": (gettext_lazy("trung bình"), "warning"),
    "low": (gettext_lazy("thấp"), "error"),
}
PAGES_OF_THE_HEAD = {"results": "ket-qua", "document": "van-ban", "framework": "chung"}


@dataclass(slots=True)
class Card:
    """An entry as the page shows it. `before`, `after`: the words as they are and as proposed, cut where they differ."""

    shown: deciding.Shown
    moves: list[dict[str, Any]] = field(default_factory=list)
    before: list[Any] = field(default_factory=list)
    after: list[Any] = field(default_factory=list)
    label: Any = ""
    inputs: list[dict[str, Any]] = field(default_factory=list)  # only while it is edited
    error: str = ""
    head_part: str = ""

    @property
    def entry(self) -> deciding.Entry:
        return self.shown.entry


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_PLAN, post=Capability.EDIT_PLAN)
def decisions(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The list by kind. `?sua=` opens one for writing, `?loai=` shows one kind; POST answers one, or all of a kind."""
    found = plan_of(request, plan)
    rows = rows_of_plan(found)
    issues = list(Issue.objects.for_school(request.school).filter(plan=found))
    if request.method != "POST":
        return _page(request, found, rows, issues, editing=request.GET.get("sua", ""))
    how, key = request.POST.get("how", ""), request.POST.get("key", "")
    if how == ALL:
        kind = request.POST.get("kind", "")
        entries = deciding.open_entries(found, rows, issues)
        chosen = [e for e in entries if e["kind"] == kind and deciding.can_be_accepted_at_once(e)]
        answers = [Answer(str(entry["id"]), deciding.choices_of(entry)[0].how) for entry in chosen]
    else:
        words = {name: [one[:LONGEST_TEXT] for one in values] for name, values in request.POST.lists()}
        answers = [Answer(key, how, words)]
    try:
        taken = answer_all(found, answers, user=request.user)
    except NotAnswered as error:
        return _page(request, found, rows, issues, editing=key, error=str(error), sent=request.POST)
    found.refresh_from_db()
    if request.htmx and how != ALL:
        return _fragment(request, found, taken.entries)
    if how == LATER:
        messages.info(request, _("Để sau: điều này đứng cuối danh sách."))
    elif not taken.entries:
        messages.info(request, _("Điều này đã có người quyết định rồi."))
    else:
        messages.success(request, _("Đã quyết định %s điều.") % len(taken.entries))
    undo = f"?vua={taken.batch}" if taken.entries else ""
    kind_asked = request.POST.get("loai", "")
    if kind_asked in KIND_WORDS:
        undo += ("&" if undo else "?") + f"loai={kind_asked}"
    return redirect(link("decisions", found) + undo + _next_place(found, key))


def _next_place(plan: Plan, key: str) -> str:
    """The place of the page where the reader goes on: the entry that came after the one she answered."""
    keys = [str(entry["id"]) for entry in plan.to_decide]
    after = keys[keys.index(key) + 1 :] if key in keys else []
    is_left = {str(entry["id"]) for entry in plan.to_decide if not entry.get("settled")}
    following = next((one for one in after if one in is_left), None)
    return f"#qd-{following}" if following else ""


def _page(
    request: SchoolRequest,
    plan: Plan,
    rows: list[Action],
    issues: list[Issue],
    *,
    editing: str = "",
    error: str = "",
    sent: QueryDict | None = None,
) -> HttpResponse:
    by_row = {str(row.pk): row for row in rows}
    by_issue = {str(issue.pk): issue for issue in issues}
    left = deciding.open_entries(plan, rows, issues)
    kind = request.GET.get("loai", "")
    kinds = deciding.kinds_in_order(left)
    groups = []
    for name, word, entries in kinds:
        if kind in KIND_WORDS and kind != name and not any(str(e["id"]) == editing for e in entries):
            continue
        # All kinds together: the first few of each, so that the page stays short on a phone.
        cut = list(entries) if kind == name or len(entries) <= MOST_OF_A_KIND + 2 else entries[:MOST_OF_A_KIND]
        cut += [entry for entry in entries if str(entry["id"]) == editing and entry not in cut]
        cards = [_card(plan, deciding.shown(entry, by_row, by_issue)) for entry in cut]
        for card in cards:
            if card.shown.key == editing:
                card.inputs = _inputs(request, plan, card.shown, rows, sent)
                card.error = error
        groups.append(
            {
                "kind": name,
                "word": word,
                "cards": cards,
                "count": len(entries),
                "more": len(entries) - len(cards),
                "at_once": sum(deciding.can_be_accepted_at_once(entry) for entry in entries),
            }
        )
    context = {
        "plan": plan,
        "groups": groups,
        "kinds": [(name, word, len(entries)) for name, word, entries in kinds],
        "kind": kind if kind in KIND_WORDS else "",
        "left": len(left),
        "settled": _settled(plan),
        "just": just_done(request),
        "may_decide": may(request.membership.role, Capability.EDIT_PLAN) and not why_not(plan)[0],
        "locked": why_not(plan)[0],
    }
    if request.htmx and editing and sent is not None:
        card = next((c for group in groups for c in group["cards"] if c.shown.key == editing), None)
        if card is not None:
            return render(request, "plans/_decision.html", {**context, "card": card}, status=422)
    return render(request, "plans/decisions.html", context, status=422 if error else 200)


def _fragment(request: SchoolRequest, plan: Plan, taken: Sequence[deciding.Entry]) -> HttpResponse:
    """What stands in the place of an answered entry, and the counts of the page as they are now."""
    rows = rows_of_plan(plan)
    issues = list(Issue.objects.for_school(request.school).filter(plan=plan))
    left = deciding.open_entries(plan, rows, issues)
    done = {"entry": taken[0], "answer": deciding.ANSWERS[taken[0]["settled"]["how"]]} if taken else None
    context = {"plan": plan, "done": done, "left": len(left), "key": request.POST.get("key", "")}
    return render(request, "plans/_decision_done.html", context)


def _card(plan: Plan, shown: deciding.Shown) -> Card:
    entry = shown.entry
    card = Card(shown, head_part=PAGES_OF_THE_HEAD.get(entry["what"], ""))
    if entry["what"] == "criteria":
        old = (plan.head.get("carried") or {}).get("from")
        for move in entry.get("moves") or []:
            word, tone = LIKENESS.get(move.get("likeness") or "", ("", ""))
            card.moves.append(
                {
                    "old": criterion_titles(old, [move["old"]])[0],
                    "new": criterion_titles(plan.framework, move["new"]),
                    "likeness": word,
                    "tone": tone,
                    "reason": move.get("reason") or "",
                }
            )
    elif entry["what"] in ("words", "purpose", "task", "legal_subject"):
        card.before, card.after = differences([str(entry["was"]), str(entry["value"])], items=False)
        card.label = deciding.LABEL_OF_FIELD.get(entry.get("field") or "", "")
    return card


def _inputs(
    request: SchoolRequest, plan: Plan, shown: deciding.Shown, rows: Sequence[Action], sent: QueryDict | None
) -> list[dict[str, Any]]:
    """The inputs of an entry that is being written; what was sent before stands in them."""
    entry = shown.entry
    if not any(choice.how == EDIT for choice in shown.choices):
        return []

    def text(name: str, label: Any, value: Any, rows: int = 1) -> dict[str, Any]:
        said = sent.get(name) if sent is not None and name in sent else value
        return {"kind": "area" if rows > 1 else "line", "name": name, "label": label, "value": said or "", "rows": rows}

    what, value = entry["what"], entry.get("value")
    if what == "criteria":
        return _criteria_inputs(plan, entry, sent)
    if what == "period":
        return [text("thoi_gian", _("Thời gian"), value or (entry["was"] or [""])[0])]
    if what == "budget":
        return [text("kinh_phi", _("Kinh phí"), entry["was"][1] or (f"{entry['was'][0]:,} đồng".replace(",", ".")))]
    if what == "issue" and shown.issue is not None:
        issue = shown.issue
        return [
            text("weakness", _("Điểm hạn chế"), issue.weakness, 3),
            text("current_state", _("Đánh giá hiện trạng"), issue.current_state, 3),
            text("cause", _("Nguyên nhân của hạn chế"), issue.cause, 2),
        ]
    if what == "evidence":
        return [text("ma_moi", _("Mã minh chứng mới"), (value or [""])[0])]
    if what == "statuses":
        done = set(sent.getlist("xong")) if sent is not None else set()
        return [{"kind": "rows", "name": "xong", "rows": shown.rows, "chosen": done}]
    if what == "people":
        return [{"kind": "people", "people": _people(request, rows, sent)}]
    return [text("chu", _("Chữ thay vào"), value, 3)]


def _criteria_inputs(plan: Plan, entry: Mapping[str, Any], sent: QueryDict | None) -> list[dict[str, Any]]:
    found = framework(plan.framework)
    proposed = list(entry.get("value") or [])
    codes = [code for move in entry.get("moves") or [] for code in move["new"]]
    offered = list(dict.fromkeys([*codes, *proposed]))
    chosen = set(sent.getlist("ma")) if sent is not None else {*proposed, *entry["was"]} & set(offered)
    others = [(c.code, c.title) for s in found.standards for c in s.criteria if c.code not in offered] if found else []
    return [
        {
            "kind": "codes",
            "offered": criterion_titles(plan.framework, offered),
            "chosen": chosen,
            "others": others,
            "other": sent.get("ma_khac", "") if sent is not None else "",
        }
    ]


def _people(request: SchoolRequest, rows: Sequence[Action], sent: QueryDict | None) -> list[dict[str, Any]]:
    """Who stands in the plan, with those that left the school marked and first."""
    directory = Directory.of(request.school)
    written = dict(zip(sent.getlist("nguoi"), sent.getlist("thay_bang"), strict=False)) if sent is not None else {}
    found = []
    for name, count in people_of(rows):
        person = directory.match(name)
        left = person.left_on if person is not None else None
        found.append({"name": name, "count": count, "left": left, "instead": written.get(name, "")})
    return sorted(found, key=lambda one: one["left"] is None)


def _settled(plan: Plan) -> list[dict[str, Any]]:
    """What was decided, newest first, one line a request with the count of what it answered."""
    batches: dict[str, list[deciding.Entry]] = {}
    for entry in plan.to_decide:
        if entry.get("settled"):
            batches.setdefault(entry["settled"]["batch"], []).append(entry)
    lines = [
        {
            "batch": batch,
            "entries": entries,
            "answer": deciding.ANSWERS[entries[0]["settled"]["how"]],
            "by": entries[0]["settled"]["by"],
            "at": datetime.fromisoformat(entries[0]["settled"]["at"]),
        }
        for batch, entries in batches.items()
    ]
    return sorted(lines, key=lambda line: line["at"], reverse=True)


def just_done(request: SchoolRequest) -> UUID | None:
    """The batch that the page offers to undo, from its address; None when there is none."""
    try:
        return UUID(request.GET.get("vua", ""))
    except ValueError:
        return None
