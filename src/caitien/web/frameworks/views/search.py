"""Where do these words stand in the frameworks? With or without Vietnamese marks."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caitien.web.frameworks import seen
from caitien.web.frameworks.access import signed_in
from caitien.web.frameworks.words import PLACES

ON_A_PAGE = 30
LONGEST = 200  # characters of what is looked for


@require_safe
@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Sentences that have all the words, best first; for htmx the results alone."""
    from caitien.standards import available, fold
    from caitien.standards import search as find

    words = " ".join(request.GET.get("chu", "")[:LONGEST].split())
    infos = {info.id: info for info in available()}
    only = request.GET.get("khung", "")
    only = only if only in infos else ""
    hits = find(words, [only] if only else None) if words else []
    page = Paginator(hits, ON_A_PAGE).get_page(request.GET.get("trang"))
    asked = fold("".join(c if c.isalnum() else " " for c in words)).split()
    rows = [
        {
            "hit": hit,
            "framework": infos[hit.framework].short_title,
            "place": PLACES[hit.place],
            "text": seen.highlighted(hit.text, asked),
        }
        for hit in page
    ]
    context = {"words": words, "only": only, "frameworks": infos.values(), "rows": rows, "page": page}
    fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(request, "frameworks/_hits.html" if fragment else "frameworks/search.html", context)
