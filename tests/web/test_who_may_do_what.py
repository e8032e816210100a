"""Every address × every role × own and another school × GET and POST, against the table of capabilities.

Another school's page is "not found", never "forbidden": nothing tells that it is there.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from caitien.plan import ImprovementPlan
from caitien.web.documents.models import Import, ImportedFile
from caitien.web.plans.models import Amendment, Comment, DismissedFinding, Issue, ProgressEntry, ProgressPhoto
from caitien.web.plans.values import store
from caitien.web.schools.roles import Role, may
from web.assessments.council_rows import council_of
from web.assessments.made import assess
from web.assessments.weakness_rows import weakness_of
from web.evidence.rows import evidence_of
from web.invented import make_school, make_user, plan_value
from web.schools.rows import rows_of

EXAMPLES = {
    "form": "tt57-bieu-2",
    "format": "docx",
    "field": "content",
    "picture": "theo-thang",
    "moment": "20991231T000000-000000",
}
EXAMPLES |= {"event": "report", "batch": "01900000-0000-7000-8000-000000000000", "part": "muc-dich"}
EXAMPLES |= {"code": "1.3", "level": 1}  # of a criterion
EXAMPLES |= {"page": 1}  # of a file of evidence
EXAMPLES |= {"table": "classes", "version": 1}  # of school data
BY_INVITATION = {"join:code", "join:open", "join:accept", "join:reset"}  # for who holds a link or a code
OPEN_TO_ALL = {
    "set_language",
    "roles_help",
    "ui:theme",
    "reminders:calendar",  # a program asks: the address is the key
    "reminders:stop",  # from a letter: the address is signed, and it can only stop letters
} | BY_INVITATION  # pages that need no sign-in, besides those of allauth
SIGNED_IN = {
    "home",
    "my_schools",
    "reminders:my_work",
    "reminders:my_work_json",
    "reminders:choices",
    "reminders:letter",
}
OF_FRAMEWORKS = {  # of no school: everybody who signed in, or administrators of the installation
    "frameworks:list", "frameworks:search", "frameworks:compare", "frameworks:framework", "frameworks:framework_json",
    "frameworks:checklist", "frameworks:criterion", "frameworks:try_levels",
}  # fmt: skip
OF_ADMINISTRATORS = {"frameworks:attach", "frameworks:forget", "frameworks:own", "frameworks:remove_own"}


def walk(patterns=None, prefix="", names=()) -> list[tuple[str, str, object]]:
    """(name, route, view) of every address."""
    found = []
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            spaces = (*names, pattern.namespace) if pattern.namespace else names
            found += walk(pattern.url_patterns, route, spaces)
        elif isinstance(pattern, URLPattern):
            found.append((":".join([*names, pattern.name or ""]), route, pattern.callback))
    return found


OF_A_SCHOOL = [entry for entry in walk() if entry[1].startswith("truong/<slug:school>/")]
METHODS = ("GET", "POST")


def unwrapped(view):
    """The guard's marks, wherever decorators stand around it."""
    while view is not None and not hasattr(view, "capability"):
        view = getattr(view, "__wrapped__", None)
    return view


@pytest.fixture(scope="module")
def everything(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world, made once for this file in a transaction that is never committed: each test is a savepoint in it."""
    from django.conf import settings

    before, folder = settings.MEDIA_ROOT, tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock():
        settings.MEDIA_ROOT = folder
        with transaction.atomic():
            yield (*made_once(), folder)
            transaction.set_rollback(True)
        settings.MEDIA_ROOT = before


@pytest.fixture
def world(everything, db, settings):
    """Two schools with everything in them; in the first a user of every role, and a stranger."""
    schools, rows, users, settings.MEDIA_ROOT = everything
    return schools, rows, users


def made_once():
    schools = [make_school("th-a", "Trường A"), make_school("th-b", "Trường B")]
    rows = []
    for number, school in enumerate(schools):
        plan = store(school, plan_value(2), None)
        file = ImportedFile.objects.create(school=school, name="a.docx", format="docx", size=1, sha256=f"{number}" * 64)
        imported = Import.objects.create(
            school=school, file=file, state="review", plan_value=ImprovementPlan().to_dict(), source={}
        )
        dismissed = DismissedFinding.objects.create(
            school=school, plan=plan, rule="x", fingerprint="f", message="m", reason="r"
        )
        rows.append(
            {
                "plan": plan.pk,
                "action": plan.actions.first().pk,
                "record": plan.actions.model.history.filter(plan=plan).first().pk,
                "dismissal": dismissed.pk,
                "amendment": Amendment.objects.create(
                    school=school, plan=plan, number=1, reason="r", opened_at=plan.created_at
                ).pk,
                "key": imported.pk,
                "issue": Issue.objects.create(school=school, plan=plan, position=1, weakness="x").pk,
                **assessed(school),
                **said_of(plan.actions.first()),
                **rows_of(school),
                **evidence_of(school),
            }
        )
    users = {role: make_user(f"u-{role}", "", schools[0], role) for role in Role.values}
    users["stranger"] = make_user("u-stranger", "", schools[1], "chair")
    users["nobody"] = make_user("u-nobody")
    for user in users.values():  # signed in once: a session is as good in every test
        client = Client()
        client.force_login(user)
        user.cookies = {name: cookie.value for name, cookie in client.cookies.items()}
    return schools, rows, users


def browser_of(user) -> Client:
    client = Client()
    client.cookies.load(user.cookies)
    return client


def assessed(school, user=None) -> dict:
    """A self-assessment with a council."""
    key = assess(school, user).pk
    return {"assessment": key, **council_of(school, key), **weakness_of(school, key)}


def said_of(action) -> dict:
    """What is said about an action: a comment, a report with a photograph."""
    entry = ProgressEntry.objects.create(school=action.school, action=action, on="2025-11-20", status="done")
    photo = ProgressPhoto.objects.create(
        school=action.school, entry=entry, content="x", content_type="image/jpeg", size=1, sha256="0", width=1, height=1
    )
    return {"comment": Comment.objects.create(school=action.school, action=action, text="x").pk, "photo": photo.pk}


def address(name: str, route: str, school, row: dict) -> str:
    import re

    wanted = re.findall(r"<(?:\w+:)?(\w+)>", route)
    return reverse(
        name, kwargs={"school": school.slug} | {p: row.get(p, EXAMPLES.get(p)) for p in wanted if p != "school"}
    )


def status(client: Client, method: str, url: str) -> int:
    client.raise_request_exception = False
    return (client.get(url) if method == "GET" else client.post(url)).status_code


def test_there_are_addresses_to_walk():
    assert len(OF_A_SCHOOL) >= 15


@pytest.mark.parametrize(("name", "route", "view"), OF_A_SCHOOL, ids=[entry[0] for entry in OF_A_SCHOOL])
def test_every_page_of_a_school_has_the_guard(name, route, view):
    assert unwrapped(view) is not None


@pytest.mark.parametrize(("name", "route", "view"), OF_A_SCHOOL, ids=[entry[0] for entry in OF_A_SCHOOL])
@pytest.mark.parametrize("method", METHODS)
def test_members_do_what_their_role_may(world, name, route, view, method):
    schools, rows, users = world
    guard = unwrapped(view)
    wanted = guard.capability if method == "GET" else guard.post_capability
    url = address(name, route, schools[0], rows[0])
    for role in Role.values:
        client = browser_of(users[role])
        got = status(client, method, url)
        if may(role, wanted):
            assert got != 403, f"{role} may {wanted}"
            assert got < 500, f"{role} {method} {url}"
        else:
            assert got in (403, 405), f"{role} may not {wanted}"


@pytest.mark.parametrize(("name", "route", "view"), OF_A_SCHOOL, ids=[entry[0] for entry in OF_A_SCHOOL])
@pytest.mark.parametrize("method", METHODS)
def test_another_schools_page_does_not_exist(world, name, route, view, method):
    schools, rows, users = world
    own_school_foreign_rows = address(name, route, schools[0], rows[1])
    for role, user in users.items():
        client = browser_of(user)
        if role != "stranger":
            assert status(client, method, address(name, route, schools[1], rows[1])) in (404, 405)
            assert status(client, method, address(name, route, schools[1], rows[0])) in (404, 405)
            if "<uuid:" in route and may(role, unwrapped(view).capability) and role != "nobody":
                assert status(client, method, own_school_foreign_rows) in (403, 404, 405)
        else:
            assert status(client, method, address(name, route, schools[0], rows[0])) in (404, 405)


@pytest.mark.parametrize(("name", "route", "view"), OF_A_SCHOOL, ids=[entry[0] for entry in OF_A_SCHOOL])
@pytest.mark.parametrize("method", METHODS)
def test_who_has_not_signed_in_is_asked_to(world, name, route, view, method):
    schools, rows, _ = world
    got = Client().generic(method, address(name, route, schools[0], rows[0]))
    assert got.status_code in (302, 405)
    if got.status_code == 302:
        assert got.headers["Location"].startswith("/tai-khoan/login/")


def test_no_address_was_forgotten():
    """What is not of a school is open on purpose, or is django-allauth's own."""
    others = {name for name, route, _ in walk() if not route.startswith("truong/<slug:school>/")}
    ours = {name for name in others if not name.startswith(("account_", "mfa_", "socialaccount_", "usersessions_"))}
    assert ours == OPEN_TO_ALL | SIGNED_IN | OF_FRAMEWORKS | OF_ADMINISTRATORS


@pytest.mark.parametrize("name", sorted(OF_FRAMEWORKS | OF_ADMINISTRATORS))
@pytest.mark.parametrize("method", METHODS)
def test_pages_of_frameworks_are_for_who_signed_in_and_changes_for_administrators(world, name, method):
    _, _, users = world
    route = next(route for found, route, _ in walk() if found == name)
    examples = {"framework": "tt57-2026-gdtx", "code": "1.1", "format": "docx"}
    url = reverse(name, kwargs={key: value for key, value in examples.items() if f":{key}>" in route})
    signed_out = Client().generic(method, url)
    assert signed_out.status_code in (302, 405)
    if signed_out.status_code == 302:
        assert signed_out.headers["Location"].startswith("/tai-khoan/login/")
    for user in users.values():
        client = browser_of(user)
        allowed = (403, 405) if name in OF_ADMINISTRATORS else (200,) if method == "GET" else (405,)
        assert status(client, method, url) in allowed, url


def test_a_school_that_does_not_exist_looks_the_same_as_one_that_is_not_ours(world):
    _, _, users = world
    client = browser_of(users["nobody"])
    missing, foreign = client.get("/truong/khong-co/"), client.get("/truong/th-b/")
    assert missing.status_code == foreign.status_code == 404
    strip = lambda r: r.content.replace(b"khong-co", b"").replace(b"th-b", b"")  # noqa: E731
    import re

    token = rb"[A-Za-z0-9]{64}"
    assert re.sub(token, b"", strip(missing)) == re.sub(token, b"", strip(foreign))


def test_the_help_page_shows_the_table(client, db):
    html = client.get(reverse("roles_help")).content.decode()
    for role in Role:
        assert str(role.label) in html
    assert "Sửa kế hoạch và từng mục, hoàn tác, khôi phục" in html
