"""Who may hand in evidence and not edit it: changes nothing of another's by sending its file once more."""

from __future__ import annotations

import pytest
from django.test import Client

from caitien.web.evidence.models import Evidence, EvidenceUse
from web.evidence import files
from web.evidence.rows import FRAMEWORK
from web.evidence.sending import Sender
from web.invented import make_user

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path, monkeypatch):
    from caitien.web.evidence import uploads

    settings.MEDIA_ROOT, settings.DATA, settings.CLAMD = tmp_path / "files", tmp_path, ""
    monkeypatch.setattr(uploads, "_words_wanted", lambda upload, user: None)


def sends_again(school, role: str) -> EvidenceUse:
    client = Client()
    client.force_login(make_user(f"nguoi-{role}", "Giàng Thị Dúa", school, role))
    same = Sender(client, school).whole("b.pdf", files.pdf(), criterion="1.3", framework=FRAMEWORK).json()["same"]
    assert client.post(same["settle"], {"lam": "dung-lai"}, headers=JSON).status_code == 204
    return EvidenceUse.objects.get(school=school, criterion="1.3")


def test_she_offers_it_to_a_criterion_and_gives_it_no_code(school, browser):
    Sender(browser, school).whole("a.pdf", files.pdf())
    assert sends_again(school, "staff").state == EvidenceUse.State.OFFERED
    assert Evidence.objects.get().code == ""


def test_an_editor_uses_it_at_once(school, browser):
    Sender(browser, school).whole("a.pdf", files.pdf())
    assert sends_again(school, "member").state == EvidenceUse.State.USED
    assert Evidence.objects.get().code == "MC.1.3.01"
