"""Everything asked for by six clicks at one moment, in a process of its own: `python -m web.attacks.racers`; prints JSON."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from typing import Any

CLICKS = 6
NEW = {"password1": "hoa-ban-trang-9", "password2": "hoa-ban-trang-9"}


def at_once(does: Callable[[int], Any]) -> list[int]:
    """The answers' status codes, in order of their numbers."""
    from django.db import connection

    start, answers = threading.Barrier(CLICKS), []

    def click(number: int) -> None:
        start.wait()
        try:
            answers.append(does(number).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(number,)) for number in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def main() -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from caitien.web.ids import new_id
    from caitien.web.plans.models import Action, Amendment, Plan, PlanEvent
    from caitien.web.plans.values import store
    from caitien.web.schools.invitations import Guest, invite
    from caitien.web.schools.models import Invitation, Membership, Person
    from caitien.web.schools.resets import make
    from web.invented import make_school, make_user, plan_value

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    school = make_school("th-nhieu-tay", "Trường Nhiều Tay")
    chair = make_user("hieu-truong", "Nông Thị Mơ", school, "chair")
    plan = store(school, plan_value(3), chair)

    def browser() -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(chair)
        return client

    def click(name: str, words: Any, *, json_: bool = False, **keys: Any) -> list[int]:
        url = reverse(name, kwargs={"school": school.slug, **keys})
        kind = {"content_type": "application/json"} if json_ else {}
        clients = [browser() for _ in range(CLICKS)]
        return at_once(lambda number: clients[number].post(url, json.dumps(words) if json_ else words, **kind))

    of_plan = {"plan": plan.pk}
    found: dict[str, Any] = {}

    batch = str(new_id())
    codes = click("schools:invite", {"role": "staff", "labels": "Khách", "batch": batch})
    found["invited"] = [Invitation.objects.filter(label="Khách").count(), codes]

    boss = Membership.objects.get(user=chair)
    made = invite(school, boss, [Guest("staff", label="Một người")], new_id())[0]
    guests = [Client(raise_request_exception=False) for _ in range(CLICKS)]
    for guest in guests:
        guest.get(reverse("join:open", args=[made.token]))
    codes = at_once(lambda n: guests[n].post(reverse("join:accept"), {"full_name": f"Khách {n}", "username": f"khach{n}", **NEW}))  # fmt: skip
    found["joined by one link"] = [Membership.objects.filter(user__username__startswith="khach").count(), codes]

    member = Membership.objects.create(school=school, user=make_user("giao-vien"), role="staff")
    _link, token = make(boss, member)
    strangers = [Client(raise_request_exception=False) for _ in range(CLICKS)]
    codes = at_once(lambda n: strangers[n].post(reverse("join:reset", args=[token]), NEW))
    found["passwords by one link"] = [codes.count(302), codes]

    codes = click("schools:people_add", {"lines": "Hoàng Thị Đôi - Giáo viên"})
    found["people"] = [Person.objects.filter(name="Hoàng Thị Đôi").count(), codes]

    words = {"text": "Nội dung\tNgười phụ trách\nDán một\tTổ A\nDán hai\tTổ B", "viec": "dua-vao", "lo": str(new_id())}
    codes = click("plans:paste", words, **of_plan)
    found["pasted"] = [Action.objects.filter(content__startswith="Dán").count(), codes]

    codes = click("plans:undo_batch", {}, **of_plan, batch=words["lo"])
    found["left after undoing"] = [Action.objects.filter(content__startswith="Dán").count(), codes]

    before = Action.everything.count()
    codes = click("plans:add", {"key": str(new_id())}, json_=True, **of_plan)
    found["rows added"] = [Action.everything.count() - before, codes]

    action = plan.actions.first()
    codes = click("plans:comments", {"text": "một lời"}, **of_plan, action=action.pk)
    found["comments"] = [action.comments.count(), codes]

    key = str(new_id())
    codes = click("plans:progress", {"key": key, "status": "done", "on": "20/11/2025", "text": "Xong"}, **of_plan, action=action.pk)  # fmt: skip
    found["reports"] = [action.progress_entries.count(), codes]

    codes = click("plans:next_year", {}, **of_plan)
    found["plans of next year"] = [Plan.objects.exclude(pk=plan.pk).count(), codes]
    codes = click("plans:next_year", {"them": "on", "da-co": "1"}, **of_plan)
    found["one more of next year"] = [Plan.objects.exclude(pk=plan.pk).count() - 1, codes]

    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    codes = click("plans:step_approved", {}, **of_plan)
    found["approvals"] = [PlanEvent.objects.filter(plan=plan, kind="approved").count(), codes]
    codes = click("plans:amendments", {"reason": "Vì"}, **of_plan)
    found["amendments"] = [Amendment.objects.filter(plan=plan).count(), codes]
    open_one = Amendment.objects.get(plan=plan)
    codes = click("plans:amendment_end", {}, **of_plan, amendment=open_one.pk)
    found["ended"] = [PlanEvent.objects.filter(plan=plan, kind="amendment_closed").count(), codes]

    empty = make_school("th-moi", "Trường Mới")
    Membership.objects.create(school=empty, user=chair, role="chair")
    school = empty
    codes = click("plans:new", {"san": ["purposes"]})
    found["new plans"] = [Plan.objects.filter(school=empty).count(), codes]
    return found


if __name__ == "__main__":
    print(json.dumps(main()))
