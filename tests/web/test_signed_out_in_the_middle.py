"""Who is signed out in the middle of something comes back to the page with the form, not to an address that only takes POST."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def leave(plan):
    """An address that takes POST only."""
    return reverse("plans:dismiss", args=[plan.school.slug, plan.pk])


def test_a_form_leads_back_to_its_page(leave):
    sent_from = "/truong/th-song-lam/ke-hoach/x/soat-loi/?loc=1"
    response = Client().post(leave, headers={"Referer": f"http://testserver{sent_from}"})
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/truong/th-song-lam/ke-hoach/x/soat-loi/%3Floc%3D1")


@pytest.mark.parametrize("referer", ["https://elsewhere.example/soat-loi/", "javascript:alert(1)", ""])
def test_another_site_is_no_place_to_come_back_to(leave, referer):
    response = Client().post(leave, headers={"Referer": referer})
    assert "elsewhere" not in response["Location"]
    assert response["Location"].endswith(leave)


def test_a_script_is_told_and_changes_nothing_on_the_page(leave):
    response = Client().post(leave, headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.content == b""
