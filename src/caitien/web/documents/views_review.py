"""The review of an import: one doubtful thing after the other beside the page it came from; every answer is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caitien.web.documents import decisions as deciding
from caitien.web.documents import fields as row_fields
from caitien.web.documents import source_view
from caitien.web.documents.forms import FactsForm, LegalBases, PriorResults, rows_of
from caitien.web.documents.models import Import
from caitien.web.documents.review import Question, Review, Row, answered, review, settled_by_seeing, shown_fields
from caitien.web.documents.views import gone
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import whole

Decisions = dict[str, Any]


@school_view(Capability.IMPORT_DOCUMENT)
@require_GET
def review_page(request: SchoolRequest, key: UUID) -> HttpResponse:
    """?cau=3.period one question; ?muc=3 one row; ?xem=muc all rows; ?xem=chung the head; nothing: the next open question."""
    imported = own(Import.objects.select_related("file"), request, key)
    if imported.state != Import.State.REVIEW:
        return gone(request, imported)
    state = review(imported.plan_value, imported.decisions)
    asked, view = request.GET, request.GET.get("xem", "")
    if view == "muc":
        return _render(request, imported, state, "rows", {"show": asked.get("loc", "")})
    if view == deciding.FACTS:
        return _facts_page(request, imported, state)
    if (number := whole(asked.get("muc"), -1)) >= 0:
        return _row_page(request, imported, state, number - 1)
    question = state.question(asked.get("cau")) if asked.get("cau") else state.next_open()
    if question is None:
        return _render(request, imported, state, "done", {})
    return _question_page(request, imported, state, question)


@school_view(Capability.IMPORT_DOCUMENT)
@require_POST
def answer(request: SchoolRequest, key: UUID) -> HttpResponse:
    """Settle a question (cau, chon, chu), or open it again (chon=reopen); then the next one."""
    imported = _in_review(request, key)
    question = review(imported.plan_value, imported.decisions).question(request.POST.get("cau"))
    if question is None or question.kind == "facts":
        raise Http404
    choice, text = request.POST.get("chon", "typed"), request.POST.get("chu", "")
    if choice == "reopen":
        _change(imported, lambda decided: deciding.reopen(decided, question.id))
        return _to(request, key, cau=question.id)
    if question.settled is not None:
        return _settled_already(request, imported, question, choice, text)
    if question.kind == "column":
        return _name_column(request, imported, question, choice)
    values = answered(question, choice, text, _school_year(imported))
    if values is None:
        messages.error(request, _("Hãy chọn một ý, hoặc ghi vào ô rồi bấm Dùng."))
        return _to(request, key, cau=question.id)
    _change(imported, lambda decided: deciding.answer(decided, question.id, choice, values))
    _see_when_settled(imported, question.action)
    return _to_next(request, imported, question.id)


def _settled_already(
    request: SchoolRequest, imported: Import, question: Question, choice: str, text: str
) -> HttpResponse:
    """Another tab or another reviewer was faster. The same answer: on to the next. Another: shown what stands, nothing is lost."""
    if choice == question.settled != "typed":
        return _to_next(request, imported, question.id)
    said = _("Chỗ này vừa được quyết định ở một trang khác; câu đã chọn vẫn giữ. Muốn đổi thì bấm “Quyết định lại”.")
    if choice == "typed" and text.strip():
        said += " " + _("Bạn vừa ghi: “%(text)s”.") % {"text": text.strip()}
    messages.warning(request, said)
    return _to(request, imported.pk, cau=question.id)


@school_view(Capability.IMPORT_DOCUMENT)
@require_POST
def edit_row(request: SchoolRequest, key: UUID) -> HttpResponse:
    """Type a field of a row anew (muc, o, chu), or take the row as it is (muc alone)."""
    imported = _in_review(request, key)
    index, name = _row_number(request, imported), request.POST.get("o", "")
    if not name:
        _see(imported, [review(imported.plan_value, imported.decisions).rows[index]])
        return _to(request, key, muc=min(index + 2, len(imported.plan_value["actions"])))
    if name not in row_fields.BY_NAME:
        raise Http404
    value = row_fields.typed(name, request.POST.get("chu", ""), _school_year(imported))
    _change(imported, lambda decided: deciding.edit_row(decided, index, {name: value}))
    return _to(request, key, muc=index + 1)


@school_view(Capability.IMPORT_DOCUMENT)
@require_POST
def drop_row(request: SchoolRequest, key: UUID) -> HttpResponse:
    """Leave a row out of the plan (muc), or take it in again (lai=1)."""
    imported = _in_review(request, key)
    index = _row_number(request, imported)
    _change(imported, lambda decided: deciding.drop(decided, index, back=request.POST.get("lai") == "1"))
    return _to(request, key, muc=index + 1)


@school_view(Capability.IMPORT_DOCUMENT)
@require_POST
def take_sure(request: SchoolRequest, key: UUID) -> HttpResponse:
    """Take every row about which nothing is doubtful."""
    imported = _in_review(request, key)
    sure = review(imported.plan_value, imported.decisions).sure
    _see(imported, sure)
    messages.success(request, _("Đã nhận %(count)s mục chắc chắn.") % {"count": len(sure)})
    return _to(request, key)


@school_view(Capability.IMPORT_DOCUMENT)
@require_POST
def state_facts(request: SchoolRequest, key: UUID) -> HttpResponse:
    """Confirm what the head of the document says."""
    imported = _in_review(request, key)
    forms = _facts_forms(imported, request.POST)
    if not all(form.is_valid() for form in forms):
        state = review(imported.plan_value, imported.decisions)
        return _facts_page(request, imported, state, forms, status=422)
    head = deciding.apply(imported.plan_value, imported.decisions).to_dict()
    facts = forms[0].facts() | {
        "legal_bases": rows_of(forms[1], head["legal_bases"]),
        "prior_results": rows_of(forms[2], head["prior_results"]),
    }
    _change(imported, lambda decided: deciding.state_facts(decided, facts))
    return _to_next(request, imported, deciding.FACTS)


@school_view(Capability.IMPORT_DOCUMENT)
@require_GET
def derive(request: SchoolRequest, key: UUID) -> HttpResponse:
    """What follows from words that are being typed (?o=period&chu=…): dates, đồng, a status."""
    imported = own(Import.objects.defer("source"), request, key)
    name, text = request.GET.get("o", ""), request.GET.get("chu", "")
    if name not in row_fields.BY_NAME:
        raise Http404
    value = row_fields.typed(name, text, _school_year(imported)) if text.strip() else None
    context = {"typed": text.strip(), "derived": row_fields.derived(name, value), "kind": row_fields.BY_NAME[name].kind}
    return render(request, "documents/_derived.html", context)


# --- pages -----------------------------------------------------------------------------------------------------------


def _render(
    request: SchoolRequest, imported: Import, state: Review, part: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    counts = {
        "rows": sum(row.state != "dropped" for row in state.rows),
        "questions": len(state.questions),
        "open": len(state.open),
        "settled": len(state.questions) - len(state.open),
        "sure": len(state.sure),
    }
    common = {"imported": imported, "state": state, "part": part, "counts": counts}
    return render(request, "documents/review.html", common | context, status=status)


def _question_page(request: SchoolRequest, imported: Import, state: Review, question: Question) -> HttpResponse:
    if question.kind == "facts":
        return _facts_page(request, imported, state)
    row = state.rows[question.action] if question.action is not None else None
    before, after = state.beside(question.id)
    context = {
        "question": question,
        "before": before,
        "after": after,
        "place": [q.id for q in state.questions].index(question.id) + 1,
        **(
            _row_context(request, imported, row, question.name)
            if row
            else _source_context(request, imported, {}, None, "")
        ),
    }
    return _render(request, imported, state, "question", context)


def _row_page(request: SchoolRequest, imported: Import, state: Review, index: int) -> HttpResponse:
    if not 0 <= index < len(state.rows):
        raise Http404
    row, editing = state.rows[index], request.GET.get("sua", "")
    context = {
        "editing": row_fields.BY_NAME.get(editing),
        "editing_text": row_fields.text_of(editing, row_fields.value_of(row.action, editing))
        if editing in row_fields.BY_NAME
        else "",
        "before_row": index if index else None,
        "after_row": index + 2 if index + 1 < len(state.rows) else None,
        **_row_context(request, imported, row, editing or None),
    }
    return _render(request, imported, state, "row", context)


def _facts_page(
    request: SchoolRequest, imported: Import, state: Review, forms: list[Any] | None = None, status: int = 200
) -> HttpResponse:
    form, bases, results = forms or _facts_forms(imported)
    question = state.question(deciding.FACTS)
    before, after = state.beside(deciding.FACTS)
    context = {
        "question": question,
        "before": before,
        "after": after,
        "form": form,
        "bases": bases,
        "results": results,
        "facts_open": status != 200,  # something in them was refused
        "other_school": _other_school(request, imported),
        **_source_context(request, imported, {}, None, ""),
    }
    return _render(request, imported, state, "facts", context, status)


def _row_context(request: SchoolRequest, imported: Import, row: Row, name: str | None) -> dict[str, Any]:
    read = imported.plan_value["actions"][row.index]
    words = row_fields.text_of(name, row_fields.value_of(read, name)) if name in row_fields.BY_NAME else ""
    fields = shown_fields(row, read)
    findings = [f for f in imported.plan_value.get("findings", []) if f.get("action") == row.index]
    return {
        "row": row,
        "fields": fields,
        "empty_fields": [f for f in row_fields.ROW_FIELDS if f.name not in {shown.name for shown in fields}],
        "findings": findings,
        "alternatives": [_said_instead(a) for a in read.get("alternatives") or []],
        **_source_context(request, imported, source_view.with_duplicates(read), name, words),
    }


def _source_context(
    request: SchoolRequest, imported: Import, provenance: dict[str, Any], name: str | None, words: str
) -> dict[str, Any]:
    """The left half: the page as a picture for a PDF, the table for other files, loose text when there is neither."""
    wanted = whole(request.GET.get("trang"), -1)
    source = source_view.source_of(imported.source)
    if source is None:
        return {"loose_text": ""}
    page = source_view.page_view(source, provenance, name, wanted if wanted >= 0 else None)
    if page is not None and request.GET.get("nguon") != "bang":
        return {"page": page}
    if "table" not in provenance:
        return {"loose_text": source_view.text_view(source, 1), "is_pdf": page is not None}
    table = source_view.table_view(source, provenance, name, words)
    if table is None:
        return {
            "loose_text": source_view.text_view(source, provenance.get("page")),
            "is_pdf": page is not None,
        }
    return {"table": table, "is_pdf": page is not None}


def _said_instead(alternative: dict[str, Any]) -> dict[str, Any]:
    """A duplicate row in words: [(label, text)] of the fields in which it differs."""
    said = {"resources": {}} | (alternative.get("values") or {})
    names = dict.fromkeys(name for key in said if (name := row_fields.field_called(key)))
    texts = [(row_fields.BY_NAME[n].label, row_fields.text_of(n, row_fields.value_of(said, n))) for n in names]
    return {"reason": alternative.get("reason"), "values": [(label, text) for label, text in texts if text]}


def _facts_forms(imported: Import, data: Any = None) -> list[Any]:
    head = deciding.apply(imported.plan_value, imported.decisions).to_dict()
    initial = {}
    for name, path in deciding.FACT_PATHS.items():
        value: Any = head
        for step in path:
            value = (value or {}).get(step)
        initial[name] = value
    return [
        FactsForm(data, initial=initial),
        LegalBases(data, initial=head["legal_bases"], prefix="bases"),
        PriorResults(data, initial=head["prior_results"], prefix="results"),
    ]


def _other_school(request: SchoolRequest, imported: Import) -> str:
    """The school that the file names, when it is not the school of this page."""
    from caitien.plan.text import squash

    named = (imported.plan_value.get("school") or {}).get("name") or ""
    mine = squash(request.school.name).removeprefix("trường")
    return "" if not named or squash(named).removeprefix("trường") == mine else named


# --- what every answer does ------------------------------------------------------------------------------------------


def _in_review(request: SchoolRequest, key: UUID) -> Import:
    imported = own(Import.objects.select_related("file").defer("source"), request, key)
    if imported.state != Import.State.REVIEW:
        raise Http404
    return imported


def _change(imported: Import, change: Callable[[Decisions], Decisions]) -> None:
    """Keep a decision. The newest decisions are read again under a lock, so that two reviewers lose nothing."""
    with transaction.atomic():
        rows = Import.objects.filter(school_id=imported.school_id).select_for_update()
        newest = rows.only("decisions", "version", "school_id").get(pk=imported.pk)
        newest.decisions = change(newest.decisions)
        newest.version += 1
        newest.save(update_fields=["decisions", "version", "changed_at"])
    imported.decisions = newest.decisions


def _see(imported: Import, rows: Iterable[Row]) -> None:
    rows = list(rows)
    settled = settled_by_seeing(rows)
    _change(imported, lambda decided: deciding.see(decided, [row.index for row in rows], settled))


def _see_when_settled(imported: Import, index: int | None) -> None:
    """A row whose last doubt was settled has been looked at."""
    if index is not None:
        row = review(imported.plan_value, imported.decisions).rows[index]
        if row.state == "seen":
            _see(imported, [row])


def _name_column(request: SchoolRequest, imported: Import, question: Question, name: str) -> HttpResponse:
    if name != "ignore" and name not in row_fields.BY_NAME:
        raise Http404
    heading = question.findings[0].get("quote") or ""
    actions = imported.plan_value["actions"]
    texts = {index: text for index, action in enumerate(actions) if (text := (action.get("extra") or {}).get(heading))}
    _change(imported, lambda decided: deciding.name_column(decided, question.id, name, texts))
    return _to_next(request, imported, question.id)


def _school_year(imported: Import) -> str | None:
    return (imported.decisions.get("facts") or {}).get("school_year", imported.plan_value.get("school_year"))


def _row_number(request: SchoolRequest, imported: Import) -> int:
    number = whole(request.POST.get("muc"), 0)
    if not 1 <= number <= len(imported.plan_value["actions"]):
        raise Http404
    return number - 1


def _to(request: SchoolRequest, key: UUID, **query: Any) -> HttpResponse:
    address = reverse("documents:review", kwargs={"school": request.school.slug, "key": key})
    return redirect(f"{address}?{urlencode(query)}" if query else address)


def _to_next(request: SchoolRequest, imported: Import, settled: str) -> HttpResponse:
    following = review(imported.plan_value, imported.decisions).next_open(settled)
    return _to(request, imported.pk, **({"cau": following.id} if following else {}))
