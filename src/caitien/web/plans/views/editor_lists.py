"""The editors of an action's budget lines and of the values of its indicators: a form of rows, joined when two people
save at once. Planned things are content; what was spent and reached is reported, also while the plan is frozen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from caitien.plan.money import format_vnd
from caitien.plan.quantities import told_by
from caitien.plan.text import sort_key
from caitien.web.plans import action_page
from caitien.web.plans.editing import Outcome, change, permitted, version_of
from caitien.web.plans.entries import LINE, VALUES, CellClash, Entry, Joined, joined
from caitien.web.plans.line_forms import (
    Cell,
    Editor,
    EditorRow,
    kept_values,
    lines_shown,
    lines_typed,
    values_by_text,
    values_shown,
    values_typed,
)
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.views.context import action_of, locked, plan_of
from caitien.web.plans.views.ticks import answered
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

USUAL_SOURCES = ("Ngân sách nhà nước", "Chi thường xuyên", "Xã hội hóa", "Học phí", "Tài trợ")


class _Clashed(Exception):
    def __init__(self, row: Action, found: Joined) -> None:
        self.row, self.joined = row, found


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.REPORT_PROGRESS)
def budget_lines(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """The lines of money of an action. `them` asks for one more empty row and saves nothing; `?tu-chu` proposes lines."""
    found, row, content = _opened(request, plan, action)
    if request.method != "POST":
        proposed = action_page.lines_from_words(row) if "tu-chu" in request.GET and not row.budget_lines else []
        editor = lines_shown(row.budget_lines, blank=0 if proposed else int(content))
        editor.rows += [EditorRow(None, one.cells) for one in lines_shown(proposed, 0).rows]
        return _lines_page(request, found, row, editor, row.version)
    version = _version(request, row)
    base = list(version_of(row, version).budget_lines or [])
    editor = lines_typed(request.POST, base, content=content)
    if "them" in request.POST:
        for one in editor.rows:
            for cell in one.cells.values():
                cell.problem = cell.ask = ""
        editor.rows += lines_shown([], 1).rows
        return _lines_page(request, found, row, editor, version)
    if editor.is_wrong:
        return _lines_page(request, found, row, editor, version, status=422)

    def how(now: Action) -> dict[str, Any]:
        together = joined(base, editor.written, now.budget_lines or [], LINE)
        if together.clashes:
            raise _Clashed(now, together)
        return {"budget_lines": together.entries}

    try:
        outcome = change(request.school, row.pk, how, user=request.user)
    except _Clashed as clash:
        shown = Editor(
            [
                EditorRow(one.of, cells.cells, removed=one.entry is None)
                for one in clash.joined.rows
                for cells in lines_shown([one.entry or clash.row.budget_lines[one.of or 0]], 0).rows
            ]
        )
        return _lines_page(
            request, found, clash.row, shown, clash.row.version, status=409, clashes=_said(clash.joined.clashes, _money)
        )
    return answered(request, found, outcome, "plans/_money.html", _said_of(outcome), "kinh-phi")


@require_POST
@school_view(Capability.EDIT_PLAN)
def split_budget(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """One click: budget lines from what the words of the action say already. The words stay in the history."""
    found = plan_of(request, plan, years=False)
    row = action_of(request, found, action)

    def how(now: Action) -> dict[str, Any]:
        return {} if now.budget_lines else {"budget_lines": action_page.lines_from_words(now)}

    outcome = change(
        request.school, row.pk, how, user=request.user, reason=gettext_noop("Tách kinh phí thành từng khoản")
    )
    said = _("Đã tách thành từng khoản. Hãy xem lại nguồn và số tiền.")
    return answered(request, found, outcome, "plans/_money.html", said, "kinh-phi")


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.REPORT_PROGRESS)
def indicator_values(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """What each indicator was at the beginning, is to become, and is now."""
    found, row, content = _opened(request, plan, action)
    if request.method != "POST":
        editor = values_shown(values_by_text(row.indicators, row.indicator_values))
        if content:
            _propose(editor)
        return _values_page(request, found, row, editor, row.version)
    version = _version(request, row)
    before = version_of(row, version)
    base = values_by_text(before.indicators or [], before.indicator_values)
    editor = values_typed(request.POST, base, content=content)
    if editor.is_wrong:
        return _values_page(request, found, row, editor, version, status=422)

    def how(now: Action) -> dict[str, Any]:
        together = joined(base, editor.written, values_by_text(now.indicators, now.indicator_values), VALUES)
        if together.clashes:
            raise _Clashed(now, together)
        return {"indicator_values": kept_values(together.entries)}

    try:
        outcome = change(request.school, row.pk, how, user=request.user)
    except _Clashed as clash:
        known = {one.entry["text"]: one.entry for one in clash.joined.rows if one.entry}
        entries = values_by_text(clash.row.indicators, list(known.values()))
        clashes = _said(clash.joined.clashes, lambda _part, value: value or "")
        return _values_page(
            request, found, clash.row, values_shown(entries), clash.row.version, status=409, clashes=clashes
        )
    return answered(request, found, outcome, "plans/_indicators.html", _said_of(outcome), "f-indicators")


def _opened(request: SchoolRequest, plan: UUID, key: UUID) -> tuple[Plan, Action, bool]:
    """Plan, action, and whether content may be written. Raises PlanLocked when nothing may be."""
    found = plan_of(request, plan, years=not request.htmx)
    row = action_of(request, found, key)
    content = may(request.membership.role, Capability.EDIT_PLAN) and not locked(found)
    if not content and locked(found, content=False):
        permitted(found, content=False)
    return found, row, content


def _version(request: SchoolRequest, row: Action) -> int:
    return whole(request.POST.get("version"), row.version)


def _said_of(outcome: Outcome) -> str:
    return _("Đã lưu.") if outcome.changed else _("Không có gì thay đổi.")


def _propose(editor: Editor) -> None:
    """Where nothing is written yet, what the indicator's own sentence says stands ready to be saved."""
    for row in editor.rows:
        if not any(cell.words for cell in row.cells.values()):
            baseline, target = told_by(row.text)
            row.cells |= {"baseline": Cell(baseline), "target": Cell(target)}


def _said(clashes: list[CellClash], words: Callable[[str, Any], str]) -> list[dict[str, Any]]:
    """The clashes as the second editor reads them: which row, which cell, my words and theirs."""
    found = []
    for clash in clashes:
        mine, theirs = (
            "; ".join(filter(None, (words(part, value) for part, value in entry.items() if part != "text")))
            if isinstance(entry, dict)
            else words(clash.part, entry)
            for entry in (clash.mine, clash.theirs)
        )
        gone = _("bỏ khoản này")
        found.append(
            {
                "number": clash.row + 1,
                "part": clash.part,
                "mine": mine or ("" if clash.part else gone),
                "theirs": theirs or ("" if clash.part else gone),
            }
        )
    return found


def _money(part: str, value: Any) -> str:
    return format_vnd(value) if part.endswith("_vnd") else value or ""


def _lines_page(
    request: SchoolRequest,
    plan: Plan,
    row: Action,
    editor: Editor,
    version: int,
    status: int = 200,
    clashes: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    used = Action.objects.for_school(request.school).filter(plan=plan).values_list("funding_sources", flat=True)
    sources = {source for some in used for source in some} | set(USUAL_SOURCES)
    more = {"sources": sorted(sources, key=sort_key), "agreed": ",".join(str(vnd) for vnd in editor.agreed)}
    return _page(request, plan, row, editor, version, status, clashes, "lines", more)


def _values_page(
    request: SchoolRequest,
    plan: Plan,
    row: Action,
    editor: Editor,
    version: int,
    status: int = 200,
    clashes: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    return _page(request, plan, row, editor, version, status, clashes, "values", {})


def _page(
    request: SchoolRequest,
    plan: Plan,
    row: Action,
    editor: Editor,
    version: int,
    status: int,
    clashes: list[dict[str, Any]] | None,
    kind: str,
    more: dict[str, list[Entry]] | dict[str, Any],
) -> HttpResponse:
    content = may(request.membership.role, Capability.EDIT_PLAN) and not locked(plan)
    context = {
        "plan": plan,
        "action": row,
        "editor": editor,
        "version": version,
        "content": content,
        "clashes": clashes or [],
        "locked": locked(plan),
        **more,
    }
    if request.htmx:
        return render(request, f"plans/_{kind}_form.html", context)  # 200 also for errors: it is swapped in as it is
    return render(request, f"plans/{kind}_edit.html", context, status=status)
