"""The private calendar over the network: no sign-in, the address is the key. Small, seldom, and told to nobody else."""

from __future__ import annotations

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from caitien.web.reminders.feed import calendar_file, owner_of, tag
from caitien.web.reminders.work import work_of_user

MOST_AN_HOUR = 120  # of one calendar; programs ask every quarter of an hour at most
HOUR = 3600  # seconds
FRESH = 900  # seconds for which a program need not ask again


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The deadlines as iCalendar; 304 when nothing changed since; 404 for a wrong or an old address."""
    choice = owner_of(token)
    if choice is None:
        raise Http404
    if _too_often(str(choice.user_id)):
        answer = HttpResponse("Too many requests.", status=429, content_type="text/plain; charset=utf-8")
        answer["Retry-After"] = str(HOUR)
        return _private(answer)
    today = timezone.localdate()
    work = work_of_user(choice.user, today, whole=True)
    current = tag(work, today, choice.language)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if any(one.removeprefix("W/") == current for one in known):
        answer = HttpResponse(status=304)
    else:
        content = calendar_file(work, today, choice.language, request)
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="viec-cua-toi.ics"'
    answer["ETag"] = current
    answer["Cache-Control"] = f"private, max-age={FRESH}"
    return _private(answer)


def _too_often(user: str) -> bool:
    """Whether the calendar was asked for too often this hour. Counts to the hour, so that it needs no clock of its own."""
    key = f"calendar-asked:{user}:{timezone.now():%Y%m%d%H}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:  # it ran out between the two
        return False


def _private(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
