"""What is different between two versions? They stand side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caitien.web.frameworks import seen
from caitien.web.frameworks.access import signed_in
from caitien.web.frameworks.words import CHANGES

if TYPE_CHECKING:
    from caitien.standards import Framework


@require_safe
@signed_in
def compare(request: HttpRequest) -> HttpResponse:
    """Choose two; see their criteria in one table. A pair given new before old is turned round."""
    from caitien.standards import available

    infos = available()
    known = {info.id for info in infos}
    one, two = request.GET.get("cu", ""), request.GET.get("moi", "")
    context: dict[str, Any] = {"frameworks": infos, "pairs": _pairs()}
    if one in known and two in known:
        first, second = seen.framework_or_404(one), seen.framework_or_404(two)
        if "mot" in request.GET:
            return _two_criteria(request, first, second)
        context |= _side_by_side(first, second)
    return render(
        request, "frameworks/compare.html", context | {"incomplete": bool(one or two) and "old" not in context}
    )


def _side_by_side(old: Framework, new: Framework) -> dict[str, Any]:
    from caitien.standards import compare as compare_values
    from caitien.standards import crosswalk

    turned = crosswalk(old.id, new.id) is None and (
        crosswalk(new.id, old.id) is not None or new.validity.start < old.validity.start
    )
    if turned:
        old, new = new, old
    way = crosswalk(old.id, new.id)
    rows = compare_values(old, new)
    counted = Counter(row.change for row in rows)
    return {
        "old": old,
        "new": new,
        "turned": turned,
        "way": way,
        "related": way is not None or new.extends == old.id,
        "sides": (_side(old), _side(new)),
        "rows": [{"row": row, "mark": CHANGES[row.change]} for row in rows],
        "counts": [(CHANGES[change], counted[change]) for change in CHANGES if counted[change]],
    }


def _two_criteria(request: HttpRequest, old: Framework, new: Framework) -> HttpResponse:
    """The requirements of one criterion of each side, level by level."""
    from caitien.standards import compare as compare_values

    one, two = old.criterion(request.GET["mot"]), new.criterion(request.GET.get("hai", ""))
    if one is None or two is None:
        raise Http404
    row = next((r for r in compare_values(old, new) if (r.old, r.new) == (one.code, two.code)), None)
    sides = [{"framework": f, "criterion": c} for f, c in ((old, one), (new, two))]
    by_number = [{v["number"]: v for v in seen.criterion_levels(f, c)} for f, c in ((old, one), (new, two))]
    levels = [tuple(side.get(n) for side in by_number) for n in sorted({*by_number[0], *by_number[1]})]
    context = {"old": old, "new": new, "row": row, "sides": sides, "levels": levels}
    return render(request, "frameworks/compare_criteria.html", context)


def _side(framework: Framework) -> dict[str, Any]:
    return {
        "framework": framework,
        "mandatory": len(framework.group("mandatory")),
        "levels": seen.levels_of(framework),
        "school_levels": seen.level_names(framework.school_levels),
    }


def _pairs() -> list[tuple[Framework, Framework]]:
    """Pairs that belong together: an amended version with its base, an old circular with what replaced it."""
    from caitien.standards import available, available_crosswalks, load

    every = [load(info.id) for info in available()]
    amended = [(load(f.extends), f) for f in every if f.extends]
    return [*((load(way.old), load(way.new)) for way in available_crosswalks()), *amended]
