"""The theme that was chosen stands in the page before any script runs; without a choice the machine's is followed."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_without_a_choice_the_page_names_no_theme(client):
    assert "data-theme=" not in client.get(reverse("account_login")).content.decode()


def test_dark_once_chosen_stays(client):
    response = client.post(reverse("ui:theme"), {"theme": "caitien-dark", "next": reverse("account_login")})
    assert response["Location"] == reverse("account_login")
    assert 'data-theme="caitien-dark"' in client.get(reverse("account_login")).content.decode()


def test_following_the_machine_again_forgets_the_choice(client):
    client.post(reverse("ui:theme"), {"theme": "caitien-dark"})
    client.post(reverse("ui:theme"), {"theme": ""})
    assert "data-theme=" not in client.get(reverse("account_login")).content.decode()


def test_nobody_is_sent_to_another_site(client):
    response = client.post(reverse("ui:theme"), {"theme": "caitien", "next": "https://example.org/"})
    assert response["Location"] == "/"


def test_an_unknown_theme_is_never_written_into_a_page(client):
    client.cookies["caitien-theme"] = '"><script>'
    assert "<script>" not in client.get(reverse("account_login")).content.decode()
