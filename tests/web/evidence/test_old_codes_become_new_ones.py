"""A school that moves to the framework of 2026 gets new codes for its old evidence; old and new are never mixed up."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from caitien.standards import load
from caitien.web.evidence import services
from caitien.web.evidence.models import EvidenceCode
from caitien.web.evidence.renumbering import candidates, mapping, renumber
from web.evidence.rows import FRAMEWORK
from web.invented import make_user
from web.test_who_may_do_what import assess

OLD, NEW = load("tt17-2018-tieu-hoc"), load(FRAMEWORK)


@pytest.fixture
def old(school, secretary):
    """Two evidences of the old framework, with codes that have boxes."""
    assess(school, secretary)
    rows = []
    for name, criterion in (("Chiến lược phát triển", "1.1"), ("Hồ sơ hội đồng", "1.2")):
        made = services.create(school, secretary, name)
        services.use(made, OLD, [criterion], secretary)
        made.refresh_from_db()
        rows.append(made)
    return rows


def page(client, school, **sent):
    address = reverse("evidence:renumber", args=[school.slug])
    return client.post(address, sent, follow=True) if sent else client.get(address)


def test_the_crosswalk_proposes_and_nothing_happens_by_itself(browser, school, old):
    assert [row.code for row in old] == ["[H1-1.1-01]", "[H1-1.2-01]"]
    found = {one.evidence.name: one.first for one in candidates(school, NEW)}
    assert found == {"Chiến lược phát triển": "1.1", "Hồ sơ hội đồng": "1.2"}
    text = page(browser, school).content.decode()
    assert "2 minh chứng chưa có mã" in text
    old[0].refresh_from_db()
    assert old[0].code == "[H1-1.1-01]"


def test_chosen_lines_get_new_codes_and_the_table_shows_both(browser, school, old):
    answer = page(browser, school, **{f"tc-{old[0].pk}": "1.1", f"tc-{old[1].pk}": ""})
    old[0].refresh_from_db()
    assert old[0].code == "MC.1.1.01"
    assert mapping(school, NEW) == [("[H1-1.1-01]", "", "MC.1.1.01", "Chiến lược phát triển")]
    assert "1 minh chứng chưa có mã" in answer.content.decode()
    assert set(EvidenceCode.objects.filter(evidence=old[0]).values_list("code", flat=True)) == {
        "[H1-1.1-01]",
        "MC.1.1.01",
    }


def test_twice_gives_one_code(school, old, secretary):
    for _ in range(2):
        renumber(school, NEW, {old[0].pk: "1.1"}, secretary)
    old[0].refresh_from_db()
    assert old[0].code == "MC.1.1.01"
    assert old[0].codes.count() == 2


def test_the_order_of_old_codes_is_kept(school, secretary, old):
    keys = [old[0].pk]
    for number in range(3):
        made = services.create(school, secretary, f"Kế hoạch {number}")
        services.use(made, OLD, ["1.1"], secretary)
        keys.append(made.pk)
    done = renumber(school, NEW, dict.fromkeys(reversed(keys), "1.1"), secretary)
    assert [done[key][1] for key in keys] == ["MC.1.1.01", "MC.1.1.02", "MC.1.1.03", "MC.1.1.04"]


def test_a_criterion_that_does_not_exist_is_no_choice(browser, school, old):
    answer = page(browser, school, **{f"tc-{old[0].pk}": "9.9", "tc-khong-phai": "1.1"})
    assert answer.status_code == 422
    old[0].refresh_from_db()
    assert old[0].code == "[H1-1.1-01]"


def test_evidence_of_another_school_is_left_alone(browser, school, other_school, old, secretary):
    made = services.create(other_school, None, "Của trường khác")
    services.use(made, OLD, ["1.1"], None)
    page(browser, school, **{f"tc-{made.pk}": "1.1"})
    made.refresh_from_db()
    assert made.code == "[H1-1.1-01]"


def test_the_table_leaves_as_excel(browser, school, old, secretary):
    renumber(school, NEW, {old[0].pk: "1.1"}, secretary)
    answer = browser.get(reverse("evidence:code_table", args=[school.slug]))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert ["[H1-1.1-01]", None, "MC.1.1.01", "Chiến lược phát triển"] in [
        [cell or None for cell in row] for row in sheet.iter_rows(values_only=True)
    ]


def test_a_teacher_sees_and_does_not_give_codes(school, old):
    client = Client()
    client.force_login(make_user("gv", "Vì Thị Loan", school, "staff"))
    assert page(client, school).status_code == 200
    assert page(client, school, **{f"tc-{old[0].pk}": "1.1"}).status_code == 403
