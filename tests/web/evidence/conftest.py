"""Where the tests of evidence keep files: a folder of their own, and for the tests of storage an S3 server as well."""

from __future__ import annotations

from uuid import uuid4

import pytest

from web.evidence.s3_server import s3_server, settings_of


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA, settings.CLAMD = tmp_path / "files", tmp_path, ""


@pytest.fixture
def words_unread(monkeypatch):
    """Nobody reads the words inside what comes: a process for each file, which these tests are not about."""
    from caitien.web.evidence import uploads

    monkeypatch.setattr(uploads, "_words_wanted", lambda upload, user: None)


@pytest.fixture(scope="session")
def s3_address():
    with s3_server() as address:
        yield address


@pytest.fixture(params=["folder", "s3"])
def kept_in(request, settings):
    """Where files are kept: each test that asks for it runs on a folder and on S3."""
    from caitien.web.file_storage import default_storage

    environment = {}
    if request.param == "s3":
        environment = settings_of(request.getfixturevalue("s3_address"), f"minh-chung-{uuid4().hex}")
    settings.STORAGES = {**settings.STORAGES, "default": default_storage(environment)}
    return request.param
