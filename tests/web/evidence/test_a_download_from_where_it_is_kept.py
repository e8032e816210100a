"""A download that was cut goes on, from a folder and from a bucket, of which only the part is fetched."""

from __future__ import annotations

import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import RequestFactory

from caitien.web.jobs.asking import enqueue
from caitien.web.jobs.downloads import LARGE, download
from web.jobs.sample import jobs_of_samples

CONTENT = os.urandom(2 * LARGE)


def asked(path: str, header: str = ""):
    headers = {"Range": header} if header else {}
    return download(RequestFactory().get("/", headers=headers), path, "Gói.zip", "application/zip")


def test_the_whole_and_a_part(kept_in, settings, monkeypatch):
    path = default_storage.save("jobs/a/1", ContentFile(CONTENT))
    if kept_in == "s3":
        monkeypatch.delattr("storages.backends.s3.S3Storage._open")  # which would fetch the whole
    whole, part = asked(path), asked(path, f"bytes={LARGE}-")
    assert whole.getvalue() == CONTENT
    assert part.getvalue() == CONTENT[LARGE:]
    assert (whole.status_code, part.status_code) == (200, 206)
    assert part.headers["Content-Range"] == f"bytes {LARGE}-{2 * LARGE - 1}/{2 * LARGE}"


def test_an_empty_file(kept_in):
    path = default_storage.save("jobs/a/2", ContentFile(b""))
    assert asked(path).getvalue() == b""
    assert asked(path, "bytes=0-").status_code == 416


def test_a_file_that_is_gone(kept_in):
    with pytest.raises(Http404):
        asked("jobs/a/3")


def test_what_a_job_made_is_kept_there(kept_in, school, secretary):
    job = enqueue(school, secretary, jobs_of_samples.sample_file, "Gói", {"size": 50_000})
    assert (job.state, job.size) == ("done", 50_000)
    assert asked(job.stored).getvalue() == b"0123456789" * 5_000
