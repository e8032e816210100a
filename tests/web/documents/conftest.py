"""Imports to review, and a folder for their files."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from caitien.web.documents.models import Import, ImportedFile
from web.documents.read_plan import plan_read


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Files of a test go into its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def imported(school, secretary) -> Import:
    """A file that was read and waits for its reviewer."""
    content = b"noi dung cua tep"
    digest = hashlib.sha256(content).hexdigest()
    file = ImportedFile(school=school, name="ke-hoach.docx", format="docx", size=len(content), sha256=digest)
    file.uploaded_by = secretary
    file.content.save("x", ContentFile(content))
    return Import.objects.create(
        school=school, file=file, state=Import.State.REVIEW, plan_value=plan_read(), created_by=secretary
    )


@pytest.fixture
def at(school, imported):
    """The address of a page of the import: at("answer")."""

    def address(name: str) -> str:
        return reverse(f"documents:{name}", kwargs={"school": school.slug, "key": imported.pk})

    return address


@pytest.fixture
def facts() -> dict[str, str]:
    """The form of the document's facts, filled as it stands."""
    empty = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}
    return {
        "school_year": "2025-2026",
        "framework": "tt17-2018-tieu-hoc",
        **{f"bases-{name}": value for name, value in empty.items()},
        **{f"results-{name}": value for name, value in empty.items()},
    }
