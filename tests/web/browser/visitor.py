"""Somebody who uses the pages in a real browser, and looks at each for what no page may have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

GRAVE = ("serious", "critical")
SLOW = 30_000  # milliseconds; the machine may be busy


class Visitor:
    """Opens pages, fills forms; `look()` checks the page one stands on."""

    def __init__(self, chromium: Any, address: str, width: int, *, script: bool = True, dark: bool = False) -> None:
        self.address, self.width, self.script = address, width, script
        self.context = chromium.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 900},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        self.context.set_default_timeout(SLOW)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def leave(self) -> None:
        self.context.close()

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, name: str = "thu-ky", password: str = "mat-khau-thu-9") -> None:
        self.go("/tai-khoan/login/")
        self.look("sign-in")
        self.page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill(name)
        self.page.locator("input[name=password]").fill(password)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url("**/truong/**")

    def drop(self, file: Path) -> None:
        """Give a file to the drop zone, and send it as far as the page has no script to do so."""
        self.page.locator("input[type=file]").set_input_files(file)
        if not self.script:
            self.page.get_by_role("button", name="Đọc tệp này").click()

    def title(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    def download(self, link: Any) -> Path:
        with self.page.expect_download() as waited:
            link.click()
        return Path(waited.value.path())

    def look(self, name: str) -> None:
        """No grave violation of accessibility, nothing that scrolls sideways, no error of script or security policy."""
        self.page.wait_for_load_state("load")
        if self.script:
            found = [f"{v['id']}: {[node['target'] for node in v['nodes']][:3]}" for v in self._violations()]
            assert not found, f"{name} at {self.width} px: {found}"
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= self.width, f"{name} scrolls sideways: {wide} px on {self.width} px"
        assert not self.complaints, f"{name}: {self.complaints}"

    def _violations(self) -> list[dict[str, Any]]:
        from axe_playwright_python.sync_playwright import Axe

        return [v for v in Axe().run(self.page).response["violations"] if v["impact"] in GRAVE]
