"""Every address that gives a page: no grave violation, nothing that scrolls sideways, no error of script or policy.

The addresses are those that the program has, not a list of ours: a new page is looked at without being named here.
"""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch

from web.evidence.rows import evidence_of
from web.invented import make_user, plan_value
from web.schools.rows import rows_of
from web.test_who_may_do_what import EXAMPLES, OF_A_SCHOOL, address, assessed, said_of

pytestmark = pytest.mark.django_db(transaction=True)

LEAST_PAGES = 50  # of those that open; fewer means that the walk itself is broken


@pytest.fixture
def row(people):
    """One of everything that an address can name, in a school whose chair looks at it."""
    from caitien.plan import ImprovementPlan
    from caitien.web.documents.models import Import, ImportedFile
    from caitien.web.plans.models import Amendment, Issue, ProgressPhoto
    from caitien.web.plans.values import store

    chair = make_user("hieu-truong", "Nông Thị Lụa", people, "chair")
    plan = store(people, plan_value(8), chair)
    file = ImportedFile.objects.create(school=people, name="a.docx", format="docx", size=1, sha256="0" * 64)
    key = Import.objects.create(
        school=people, file=file, state="review", plan_value=ImprovementPlan().to_dict(), source={}
    ).pk
    action = plan.actions.first()
    said = said_of(action)
    ProgressPhoto.objects.for_school(people).delete()  # its file is not there: pictures have tests of their own
    return {
        "plan": plan.pk,
        "action": action.pk,
        "record": action.history.first().pk,
        "amendment": Amendment.objects.create(
            school=people, plan=plan, number=1, reason="Thêm kinh phí", opened_at=plan.created_at
        ).pk,
        "key": key,
        "issue": Issue.objects.create(school=people, plan=plan, position=1, weakness="Sân trường chưa bằng phẳng").pk,
        **assessed(people, chair),
        **said,
        **rows_of(people),
        **evidence_of(people),
    }


def test_pages_of_a_school(visitor, people, row):
    visitor.sign_in("hieu-truong")
    seen = []
    for name, route, _view in OF_A_SCHOOL:
        try:
            path = address(name, route, people, EXAMPLES | row)
        except NoReverseMatch:  # names something of which there is none today
            continue
        answer = visitor.context.request.get(visitor.address + path)
        if answer.status != 200 or not answer.headers.get("content-type", "").startswith("text/html"):
            continue  # a file, an address that is only posted to, a thing that is gone
        visitor.go(path)
        visitor.look(f"{name} {path}")
        seen.append(name)
    assert len(seen) >= LEAST_PAGES, seen


def test_pages_of_no_school(visitor, people, row):
    visitor.sign_in("hieu-truong")
    for path in ("/", "/truong/", "/moi/", "/viec-cua-toi/", "/viec-cua-toi/nhac-viec/", "/tro-giup/vai-tro/",
                 "/khung-tieu-chuan/", "/tai-khoan/sessions/", "/tai-khoan/2fa/", "/tai-khoan/password/change/"):  # fmt: skip
        answer = visitor.context.request.get(visitor.address + path)
        assert answer.status == 200, path
        visitor.go(path)
        visitor.look(path)
