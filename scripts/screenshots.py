"""Makes docs/screenshots/: starts a demo of its own, walks through it in Chromium, keeps small pictures.

.venv/bin/python scripts/screenshots.py [--folder DEMO] [--port 8931] [--only assessment]
(Chromium: CAITIEN_CHROMIUM, or on the PATH)
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
SAMPLE = ROOT / "samples" / "th-an-khe-bac-2025-2026.pdf"
WAIT = 300  # seconds for the demo to be made
COLOURS = 128
VIEWS = {"cot": "board", "thoi-gian": "timeline", "lich": "calendar", "tinh-hinh": "situation"}
SHOWN_ACTION = "Trồng cây bóng mát"
SHOWN_CRITERION = "1.3"
LEFT_OUT = (
    "findings-1280-dark", "plan-with-history-1280-dark", "board-1280-dark", "calendar-1280-dark", "life-1280-dark",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="keep the demo here (made again only when empty)")
    parser.add_argument("--port", type=int, default=8931)
    parser.add_argument("--only", choices=PARTS, help="only the pictures of one part")
    args = parser.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, demo(args.folder or Path(scratch), args.port) as (address, password):
        walk(address, password, [args.only] if args.only else list(PARTS))
    return 0


@contextmanager
def demo(folder: Path, port: int) -> Iterator[tuple[str, str]]:
    """A demo that serves: its address, and the password that all its people share."""
    command = [sys.executable, "-m", "caitien.cli", "demo", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + WAIT
        while not answers(address):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("The demo did not start.")
            time.sleep(1)
        yield address, (folder / "mat-khau-dung-thu.txt").read_text().strip()
    finally:
        process.terminate()
        process.wait(timeout=20)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/tai-khoan/login/", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def walk(address: str, password: str, parts: list[str]) -> None:
    """The pictures of these parts."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CAITIEN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for part in parts:
            PARTS[part](browser, address, password)
        browser.close()


def walk_plan(browser: Any, address: str, password: str) -> None:
    """The plan's pages, in the order in which a school would see them."""
    for dark in (False, True):
        page = signed_in(browser, address, password, "thu-ky", 1280, dark)
        kind = "-dark" if dark else ""
        plan = plan_of(page, address)
        keep(page, f"plan-1280{kind}")
        page.locator("summary.topbar-year").click()
        page.locator(".topbar .menu-item", has_text="2025-2026").first.click()
        page.wait_for_url(lambda url, now=plan: url != now)
        keep(page, f"plan-with-history-1280{kind}")
        page.goto(f"{page.url}soat-loi/")
        keep(page, f"findings-1280{kind}")
        page.goto(plan)
        open_action(page)
        keep(page, f"action-1280{kind}")
        page.goto(f"{plan}vong-doi/")
        keep(page, f"life-1280{kind}")
        for view, name in VIEWS.items():
            page.goto(f"{plan}{view}/")
            keep(page, f"{name}-1280{kind}")
    page = signed_in(browser, address, password, "nhieu-truong", 1280, False)
    page.goto(f"{address}/truong/truong-moi/nhap/tai-len/")
    keep(page, "import-1280")
    review = import_sample(page)
    page.goto(f"{review}?xem=muc")
    keep(page, "rows-1280")
    page.goto(f"{review}?cau=0.measures")
    keep(page, "review-1280")
    page = signed_in(browser, address, password, "nhieu-truong", 390, False)
    page.goto(f"{review}?cau=0.measures")
    keep(page, "review-390")
    page.goto(f"{address}/truong/th-suoi-lim/")
    keep(page, "plan-390")
    phone_plan = page.url
    page.goto(f"{phone_plan}thoi-gian/")
    keep(page, "timeline-390")
    page.goto(f"{phone_plan}tinh-hinh/")
    keep(page, "situation-390")
    page.goto(phone_plan)
    open_action(page)
    keep(page, "action-390")
    page.get_by_role("link", name="Cập nhật tiến độ").first.click()
    keep(page, "progress-390")
    page = signed_in(browser, address, password, "giao-vien", 390, False)
    keep(page, "my-work-390")
    page = signed_in(browser, address, password, "nhieu-truong", 1280, False)
    page.goto(f"{address}/truong/mn-hoa-ban/")
    page.goto(f"{page.url}can-quyet-dinh/")
    keep(page, "decisions-1280")


def walk_assessment(browser: Any, address: str, password: str) -> None:
    """Levels, a criterion with evidence cited in its sentences, the list of evidence; handing in from a phone."""
    school = f"{address}/truong/th-suoi-lim"
    page = signed_in(browser, address, password, "thu-ky", 1280, False)
    page.goto(f"{school}/tu-danh-gia/")
    levels = page.url
    page.set_viewport_size({"width": 1280, "height": 1330})  # the answer and, below it, the criteria
    keep(page, "levels-1280")
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(f"{levels}tieu-chi/{SHOWN_CRITERION}/")
    keep(page, "criterion-1280")
    page.goto(f"{levels}do-phu/")
    keep(page, "coverage-1280")
    page.goto(f"{school}/minh-chung/")
    keep(page, "evidence-1280")
    page = signed_in(browser, address, password, "thu-ky", 390, False)
    page.goto(f"{school}/minh-chung/tai-len/?tieu-chi={SHOWN_CRITERION}")
    keep(page, "upload-390")


PARTS: dict[str, Callable[[Any, str, str], None]] = {"plan": walk_plan, "assessment": walk_assessment}


def open_action(page: Any) -> None:
    """The action that has reports with pictures."""
    address = (
        page.locator("#luoi tbody tr", has_text=SHOWN_ACTION).locator("a[href*='/muc/']").first.get_attribute("href")
    )
    page.goto(urljoin(page.url, address))
    page.locator("h1", has_text=SHOWN_ACTION).wait_for()


def signed_in(browser: Any, address: str, password: str, name: str, width: int, dark: bool) -> Any:
    context = browser.new_context(
        viewport={"width": width, "height": 844 if width < 500 else 860},
        device_scale_factor=2 if width < 500 else 1.5,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="vi-VN",
    )
    page = context.new_page()
    page.goto(f"{address}/tai-khoan/login/")
    if name == "thu-ky" and width > 500 and not dark:
        keep(page, "sign-in-1280")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    return page


def plan_of(page: Any, address: str) -> str:
    page.goto(f"{address}/truong/th-suoi-lim/")
    return str(page.url)


def import_sample(page: Any) -> str:
    """The address of the sample's review, imported now or in an earlier run."""
    page.locator("input[type=file]").set_input_files(SAMPLE)
    page.wait_for_load_state("load")
    page.locator("h1", has_text=re.compile("Đọc được|đã được tải lên")).wait_for()
    if (again := page.get_by_role("link", name="Tiếp tục duyệt")).count():
        again.click()
        page.wait_for_url(re.compile(r"/nhap/[0-9a-f-]{36}/"))
    return str(page.url).split("?")[0]


def keep(page: Any, name: str) -> None:
    """The window as a picture with few colours: a third of the size, and nobody sees it."""
    from PIL import Image

    if name in LEFT_OUT:
        return
    page.wait_for_load_state("load")
    for _try in range(50):  # asked again and again: the page's security policy forbids Playwright's own waiting
        if page.evaluate("[...document.images].every((image) => image.complete || image.loading === 'lazy')"):
            break
        page.wait_for_timeout(100)
    page.evaluate("document.querySelectorAll('.messages').forEach((one) => one.remove())")
    page.wait_for_timeout(200)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)
    print(f"docs/screenshots/{name}.png {(PICTURES / f'{name}.png').stat().st_size // 1024} KB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
