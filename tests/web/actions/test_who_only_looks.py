"""Who may only look sees everything and is offered nothing that she may not do."""

from __future__ import annotations

import re

from django.test import Client

from web.invented import make_user


def page_of(school, role: str, at) -> str:
    client = Client()
    client.force_login(make_user(f"u-{role}", "Người Xem", school, role))
    return client.get(at("action")).content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def test_a_viewer_is_offered_nothing(school, plan, at):
    html = page_of(school, "viewer", at)
    assert "Họp hội đồng trường" in html
    assert "<form" not in html
    assert not re.search(r">\s*Sửa", html)


def test_a_monitor_talks_and_changes_nothing(school, plan, at):
    html = page_of(school, "monitor", at)
    assert re.findall(r'<form[^>]*action="([^"]+)"', html) == [at("comments")]


def test_who_reports_is_offered_reports_and_no_change_of_content(school, plan, at):
    html = page_of(school, "staff", at)
    assert at("tick") in html
    assert at("progress") in html
    assert "/sua/" not in html
    assert "nhan-ban" not in html
