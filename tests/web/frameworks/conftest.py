"""An installation of its own for each test, and an administrator."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client

from web.invented import make_user


@pytest.fixture
def data(settings, tmp_path, monkeypatch) -> Path:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.OWN_FRAMEWORKS = settings.DATA / "frameworks"
    monkeypatch.setenv("CAITIEN_FRAMEWORKS", str(settings.OWN_FRAMEWORKS))
    return settings.DATA


@pytest.fixture
def admin_browser(db, data) -> Client:
    admin = make_user("quan-tri", "Vàng A Lềnh")
    admin.is_staff = True
    admin.save()
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def read():
    """The words of an answer, without tags."""

    def words(response) -> str:
        return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))

    return words
