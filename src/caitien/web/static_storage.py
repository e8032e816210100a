"""Static files under names that hold a mark of their content, so that a browser keeps them for good."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_MODULES = ("grid*.js", "table-sheet.js")
"""Scripts that import each other. Not all scripts: those of libraries name files in comments, which are not there."""


class StaticFiles(CompressedManifestStaticFilesStorage):
    """As WhiteNoise's, and what our own scripts import is named by its content too: old and new never meet in a page."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((one, CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]) for one in OWN_MODULES),
    )
