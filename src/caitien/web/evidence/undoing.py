"""Taking back what one press of a button did to many evidences: kept in the session of who pressed it, the last one only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404

from caitien.web.evidence import services
from caitien.web.evidence.models import Evidence, EvidenceEvent
from caitien.web.ids import new_id
from caitien.web.schools.models import School
from caitien.web.schools.not_now import NotNow

KEY = "evidence-last-change"
Kind = EvidenceEvent.Kind


def keep(request: Any, do: str, said: str, rows: list[Any], **more: Any) -> str:
    """Keeps what was done (`do`: a name of `BACK`) to which rows (JSON values); gives the token for `?vua=`."""
    token = str(new_id())
    request.session[KEY] = {
        "token": token,
        "school": str(request.school.pk),
        "do": do,
        "said": said,
        "rows": rows,
        **more,
    }
    return token


def last_change(request: Any) -> dict[str, Any] | None:
    """What was just done, for the page that its answer leads to."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    return (
        kept if kept and kept["token"] == request.GET.get("vua") and kept["school"] == str(request.school.pk) else None
    )


def take_back(request: Any, token: str) -> tuple[int, int]:
    """Takes the change back; gives how many, and how many are no longer as the change left them. Http404 when it is over."""
    kept = request.session.get(KEY)
    if not kept or kept["token"] != token or kept["school"] != str(request.school.pk) or kept["do"] not in BACK:
        raise Http404
    done = 0
    for row in kept["rows"]:
        try:
            done += BACK[kept["do"]](request.school, row, kept, request.user)
        except (NotNow, Http404):
            continue  # somebody went on with it meanwhile: it stays as it is now
    del request.session[KEY]
    return done, len(kept["rows"]) - done


def _unverified(school: School, row: str, kept: dict[str, Any], user: Any) -> bool:
    if not Evidence.objects.for_school(school).filter(pk=row, state=Evidence.State.VERIFIED).exists():
        return False
    services.take_step(school, UUID(row), Kind.BACK, user=user)
    return True


def _restored(school: School, row: str, kept: dict[str, Any], user: Any) -> bool:
    services.restore(school, UUID(row), user=user)
    return True


def _kept_apart(school: School, row: str, kept: dict[str, Any], user: Any) -> bool:
    now = Evidence.objects.for_school(school).filter(pk=row, sensitive=kept["sensitive"]).first()
    last = now.history.order_by("-version").first() if now is not None else None
    if last is None or now is None or last.history_user_id != user.pk:
        return False  # somebody went on with it: what she said of it stays
    wanted = {"sensitive": not kept["sensitive"]}
    return bool(services.save_fields(school, now.pk, wanted, seen=now.version, user=user).changed)


def _unlinked(school: School, row: list[str], kept: dict[str, Any], user: Any) -> bool:
    """`row`: key, criterion, what was said of it before ("" nothing)."""
    key, criterion, before = row
    now = Evidence.objects.for_school(school).filter(pk=key).first()
    if now is None:
        return False
    now.school = school
    services.take_back_use(now, kept["framework"], criterion, before, user)
    return True


BACK: dict[str, Any] = {
    "verify": _unverified,
    "remove": _restored,
    "sensitive": _kept_apart,
    "open": _kept_apart,
    "link": _unlinked,
}
