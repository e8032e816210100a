"""docs/checking.md is written from the rules themselves."""

from __future__ import annotations

from pathlib import Path

from caitien.checking import catalogue

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checking.md"


def test_every_rule_stands_in_the_page_as_it_is() -> None:
    page = PAGE.read_text("utf-8")
    for rule in catalogue():
        assert f"| `{rule.id}` |" in page
        assert f"| {rule.title} | {rule.explanation} | {rule.source} |" in page
    assert page.count("\n| `") == len(catalogue())
