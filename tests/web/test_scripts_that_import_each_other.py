"""Scripts that import each other do so by names with a mark of their content: an old one never meets a new one."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command


@pytest.mark.parametrize(("script", "imports"), [("grid", 3), ("table-sheet", 2)])
def test_what_a_script_imports_is_there_under_a_marked_name(settings, tmp_path, script, imports):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "caitien.web.static_storage.StaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    marked = list(tmp_path.glob(f"{script}.*.js"))
    assert len(marked) == 1
    imported = re.findall(r'from "\./([^"]+)"', marked[0].read_text(encoding="utf-8"))
    assert len(imported) == imports
    for name in imported:
        assert re.fullmatch(r"grid-\w+\.[0-9a-f]{12}\.js", name)
        assert (tmp_path / name).exists()
