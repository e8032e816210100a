"""The committed stylesheet, drawings and templates belong together, and nothing needs what the security policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WEB = ROOT / "src" / "caitien" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
STYLESHEET = (WEB / "static" / "caitien.css").read_text(encoding="utf-8")
OF_PAGES = sorted(
    {path.name for path in (WEB / "static").glob("*.css")} - {"caitien.css"}
)  # loaded by pages that need them
OF_VIEWS = "".join((WEB / "static" / name).read_text(encoding="utf-8") for name in OF_PAGES)
STYLED = {name.replace("\\", "") for name in re.findall(r"\.((?:[A-Za-z0-9_-]|\\.)+)", STYLESHEET + OF_VIEWS)}
HOOKS = {"is-busy"}  # names for scripts and tests only


def classes(template: Path) -> set[str]:
    """The class names that stand whole in a template (not those put together from variables)."""
    text = template.read_text(encoding="utf-8")
    found = set()
    for value in re.findall(r'\bclass="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', text, re.DOTALL):
        bare = re.sub(r"\{%.*?%\}", " ", value)
        found |= set(re.sub(r"\S*\{\{.*?\}\}\S*", " ", bare).split())
    return {name for name in found if re.fullmatch(r"[a-z0-9:\[\]_./-]+", name)}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_every_class_of_a_template_is_in_the_stylesheet(template):
    missing = classes(template) - STYLED - HOOKS
    assert not missing, f"run `npm --prefix frontend run build` and commit static/caitien.css: {sorted(missing)}"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_no_template_holds_a_style_or_a_script_of_its_own(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r'\sstyle="|<style\b|\son[a-z]+="|javascript:', text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_every_drawing_that_a_template_names_exists(template):
    drawings = set(re.findall(r'<symbol id="([^"]+)"', (WEB / "static" / "icons.svg").read_text(encoding="utf-8")))
    named = set(re.findall(r'\{% icon "([^"]+)"', template.read_text(encoding="utf-8")))
    assert named <= drawings


def test_the_stylesheet_is_small():
    assert len(STYLESHEET.encode()) < 100_000
    for name in OF_PAGES:
        assert (WEB / "static" / name).stat().st_size < 14_000, name


def test_nothing_is_fetched_from_elsewhere():
    assert not re.search(r"url\((?!['\"]?data:)", STYLESHEET + OF_VIEWS)
    for template in TEMPLATES:
        assert not re.search(r'(src|href)="https?://', template.read_text(encoding="utf-8")), template


def test_the_lock_of_the_frontend_names_no_registry():
    lock = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "registry" not in lock
