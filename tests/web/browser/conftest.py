"""A real Chromium on a live server: pages that are checked for accessibility, width and the security policy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop; the ORM is used beside it

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CAITIEN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
if CHROMIUM and not Path(CHROMIUM).exists():  # `run.py test` says "none" where no browser can be driven
    CHROMIUM = None
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-prefers-reduced-motion"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium: sudo apt install chromium, or set CAITIEN_CHROMIUM")
                )


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def people(transactional_db, own_folder):
    """A school with a secretary who has an account and nothing else."""
    from web.invented import make_school, make_user

    school = make_school("th-nam-ngan", "Trường Tiểu học Nậm Ngàn")
    make_user("thu-ky", "Lò Thị Mẩy", school, "secretary")
    return school


@pytest.fixture(params=[1280, 390], ids=["laptop", "phone"])
def width(request) -> int:
    return request.param


@pytest.fixture
def visitor(chromium, live_server, people, width):
    """Somebody at the sign-in page, on a laptop or on a phone."""
    from web.browser.visitor import Visitor

    visitor = Visitor(chromium, live_server.url, width)
    yield visitor
    visitor.leave()


@pytest.fixture
def visitor_without_script(chromium, live_server, people):
    from web.browser.visitor import Visitor

    visitor = Visitor(chromium, live_server.url, 390, script=False)
    yield visitor
    visitor.leave()
