"""From codes of an old framework to those of the one in use: proposed, decided line by line, and the table of both."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from caitien.web.evidence.criteria import current
from caitien.web.evidence.renumbering import candidates, mapping
from caitien.web.jobs.asking import enqueue, wait_a_moment
from caitien.web.jobs.views import ready_or_page
from caitien.web.plans.forms_of_documents import attachment
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may

SHOWN = 200
FIELD = "tc-"
_FIELD = re.compile(r"tc-([0-9a-f-]{36})")


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_EVIDENCE, post=Capability.EDIT_EVIDENCE)
def renumber(request: SchoolRequest) -> HttpResponse:
    """What has no code of the framework in use, with a criterion proposed; POST gives codes to those that have one chosen."""
    framework = current(request.school).framework
    if framework is None:
        raise Http404
    if request.method == "POST":
        wanted = _wanted(request, set(framework.codes))
        if wanted:
            arguments = {"framework": framework.id, "wanted": wanted}
            words = gettext_noop("Cấp mã minh chứng theo khung mới")
            job = enqueue(request.school, request.user, "evidence-renumber", words, arguments)
            return redirect(ready_or_page(wait_a_moment(job)))
    found = candidates(request.school, framework)
    pairs = mapping(request.school, framework)
    context: dict[str, Any] = {
        "tab": "lists",
        "framework": framework,
        "found": found[:SHOWN],
        "count": len(found),
        "others": max(0, len(found) - SHOWN),
        "criteria": [(code, framework.criterion(code).title) for code in framework.codes],  # type: ignore[union-attr]
        "pairs": pairs[:SHOWN],
        "pairs_count": len(pairs),
        "field": FIELD,
        "problem": _("Chưa chọn tiêu chí cho dòng nào.") if request.method == "POST" else "",
        "may_edit": may(request.membership.role, Capability.EDIT_EVIDENCE),
    }
    return render(request, "evidence/renumber.html", context, status=422 if context["problem"] else 200)


@require_safe
@school_view(Capability.VIEW_EVIDENCE)
def code_table(request: SchoolRequest) -> HttpResponse:
    """The table of old and new codes as an Excel file."""
    from caitien.writing import render as written
    from caitien.writing.document import Document, Row, Table, cell, header_row

    framework = current(request.school).framework
    if framework is None:
        raise Http404
    titles = (_("Mã cũ"), _("Danh mục của năm"), _("Mã mới"), _("Tên minh chứng"))
    rows = tuple(Row(tuple(cell(part) for part in pair)) for pair in mapping(request.school, framework))
    title = _("Đối chiếu mã minh chứng")
    table = Table((40, 35, 40, 120), (header_row(*titles),), rows, name=title, main=True)
    content = written(Document(title=title, blocks=(table,)), "xlsx")
    return attachment(content, "doi-chieu-ma-minh-chung.xlsx", "xlsx")


def _wanted(request: SchoolRequest, codes: set[str]) -> dict[str, str]:
    """Evidence -> criterion, of the lines for which one was chosen."""
    wanted = {}
    for name, value in request.POST.items():
        found = _FIELD.fullmatch(name)
        if found is None or value not in codes:
            continue
        try:
            wanted[str(UUID(found[1]))] = str(value)
        except ValueError:
            continue
    return wanted
