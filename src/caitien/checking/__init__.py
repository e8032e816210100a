"""Soát lỗi: small rules that look at a plan and return findings; each is one file in `rules/`.

Importing this is light: nothing else is imported before a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caitien.checking.fixing import apply_fix
    from caitien.checking.rule import Context, Rule
    from caitien.checking.running import catalogue, check, summary, with_readers_findings

_HOME = {
    "Context": "rule",
    "Rule": "rule",
    "apply_fix": "fixing",
    "catalogue": "running",
    "check": "running",
    "summary": "running",
    "with_readers_findings": "running",
}

__all__ = ["Context", "Rule", "apply_fix", "catalogue", "check", "summary", "with_readers_findings"]


def __getattr__(name: str) -> Any:
    """The public names, imported when first used."""
    if name in _HOME:
        return getattr(import_module(f"caitien.checking.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
