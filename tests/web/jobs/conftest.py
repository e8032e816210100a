"""Files of the jobs of these tests stand in a folder of their own; the kinds of the tests are there."""

from __future__ import annotations

import pytest

from web.jobs.sample import jobs_of_samples

assert jobs_of_samples


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DATA = tmp_path
