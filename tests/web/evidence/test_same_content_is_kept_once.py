"""The same content is stored once a school, also from two phones at once; the person is told where it is proof already."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from caitien.web.evidence import keeping, services
from caitien.web.evidence.models import Attachment, Evidence, EvidenceUse, StoredFile
from web.evidence import files
from web.evidence.s3_server import settings_of
from web.evidence.sending import Sender
from web.invented import make_user

FRAMEWORK = "tt57-2026-pho-thong"
pytestmark = pytest.mark.usefixtures("words_unread")
JSON = {"Accept": "application/json"}


@pytest.fixture
def sender(browser, school) -> Sender:
    return Sender(browser, school)


def test_what_is_there_already_is_said_with_its_code_and_name(sender, school, secretary):
    first = sender.whole("Quyết định 12.pdf", files.pdf(), criterion="1.3", framework=FRAMEWORK)
    code = first.json()["evidence"]["code"]
    assert code == "MC.1.3.01"
    second = sender.whole("ban-sao.pdf", files.pdf(), criterion="2.1", framework=FRAMEWORK).json()
    assert second["evidence"] is None
    assert (second["same"]["code"], second["same"]["name"]) == (code, "Quyết định 12")
    assert second["same"]["asks"]
    assert Evidence.objects.count() == StoredFile.objects.count() == 1
    page = sender.client.get(reverse("evidence:upload", args=[school.slug])).content.decode()
    assert "Tệp đã có sẵn" in page
    assert "MC.1.3.01" in page


def test_who_sends_again_what_serves_there_already_is_told_and_asked_nothing(sender, school):
    sender.whole("a.pdf", files.pdf(), criterion="1.3", framework=FRAMEWORK)
    for said in ({}, {"criterion": "1.3", "framework": FRAMEWORK}):
        same = sender.whole("b.pdf", files.pdf(), **said).json()["same"]
        assert same["code"] == "MC.1.3.01"
        assert not same["asks"]
    assert "Tệp đã có sẵn" not in sender.client.get(reverse("evidence:upload", args=[school.slug])).content.decode()


def test_it_is_used_again_for_what_it_was_sent_for(sender, school):
    sender.whole("a.pdf", files.pdf(), criterion="1.3", framework=FRAMEWORK)
    same = sender.whole("b.pdf", files.pdf(), criterion="2.1", framework=FRAMEWORK).json()["same"]
    assert sender.client.post(same["settle"], {"lam": "dung-lai"}, headers=JSON).status_code == 204
    assert set(EvidenceUse.objects.values_list("criterion", flat=True)) == {"1.3", "2.1"}
    assert Evidence.objects.get().code == "MC.1.3.01"  # one code for life
    assert "Tệp đã có sẵn" not in sender.client.get(reverse("evidence:upload", args=[school.slug])).content.decode()
    assert sender.client.post(same["settle"], {"lam": "dung-lai"}, headers=JSON).status_code == 204  # pressed twice


def test_it_is_made_another_evidence_when_the_person_wants_so(sender):
    sender.whole("a.pdf", files.pdf())
    same = sender.whole("b.pdf", files.pdf()).json()["same"]
    for _ in range(2):
        answer = sender.client.post(same["settle"], {"lam": "moi"})
        assert answer.status_code == 302
    assert Evidence.objects.count() == 2
    assert StoredFile.objects.count() == 1
    assert Attachment.objects.values("file").distinct().count() == 1


def test_evidence_that_was_taken_off_the_list_does_not_count(sender, school, secretary):
    sender.whole("a.pdf", files.pdf())
    services.remove(school, Evidence.objects.get().pk, user=secretary)
    assert sender.whole("b.pdf", files.pdf()).json()["evidence"]["name"] == "b"
    assert StoredFile.objects.count() == 1


def test_another_school_is_told_nothing_and_keeps_its_own(sender, school, other_school):
    sender.whole("a.pdf", files.pdf())
    other = Client()
    other.force_login(make_user("ben-kia", "Vàng A Sử", other_school, "secretary"))
    told = Sender(other, other_school).whole("a.pdf", files.pdf()).json()
    assert told["same"] is None
    assert StoredFile.objects.count() == 2
    assert len({one.content.name for one in StoredFile.objects.all()}) == 2


def test_content_whose_file_was_lost_is_whole_again_when_it_is_sent_again(sender, kept_in):
    sender.whole("a.pdf", files.pdf())
    stored = StoredFile.objects.get()
    stored.content.storage.delete(stored.content.name)
    sender.whole("b.pdf", files.pdf())
    stored.refresh_from_db()
    with stored.content.open("rb") as stream:
        assert stream.read() == files.pdf()


def test_files_of_one_evidence_go_into_one(sender):
    for number in range(3):
        sender.whole(f"trang-{number}.jpg", files.picture(colour=("red", "green", "blue")[number]), group="ảnh chụp")
    evidence = Evidence.objects.get()
    assert [one.name for one in evidence.attachments.all()] == ["trang-0.jpg", "trang-1.jpg", "trang-2.jpg"]


def test_a_newer_version_replaces_the_one_it_was_sent_for(sender):
    told = sender.whole("a.pdf", files.pdf("ban mot")).json()
    evidence = Evidence.objects.get()
    first = evidence.attachments.get()
    sender.whole("a.pdf", files.pdf("ban hai"), evidence=str(evidence.pk), replaces=str(first.pk))
    newest = evidence.attachments.get(superseded_at=None)
    assert (newest.version, newest.replaces) == (2, first)
    assert told["evidence"]["url"].endswith(f"{evidence.pk}/")


def test_a_file_for_an_evidence_that_is_gone_is_told_so(sender, school, secretary):
    sender.whole("a.pdf", files.pdf())
    evidence = Evidence.objects.get()
    content = files.pdf("khac")
    address = sender.begin("b.pdf", len(content), evidence=str(evidence.pk)).headers["Location"]
    services.remove(school, evidence.pk, user=secretary)
    answer = sender.send(address, 0, content)
    assert answer.status_code == 409
    assert "đã bị bỏ khỏi danh mục" in answer.content.decode()
    assert sender.begin("b.pdf", 10, evidence=str(evidence.pk)).status_code == 409


def test_a_teacher_adds_to_her_own_evidence_and_not_to_that_of_others(sender, school):
    sender.whole("a.pdf", files.pdf())
    evidence = Evidence.objects.get()
    teacher = Client()
    teacher.force_login(make_user("giao-vien", "Giàng Thị Dúa", school, "staff"))
    answer = Sender(teacher, school).begin("b.pdf", 10, evidence=str(evidence.pk))
    assert answer.status_code == 409
    assert "do chính bạn nộp" in answer.content.decode()
    mine = Sender(teacher, school).whole("c.pdf", files.pdf("cua toi")).json()["evidence"]["url"].split("/")[-2]
    assert Sender(teacher, school).begin("d.pdf", 10, evidence=mine).status_code == 201


def test_the_same_file_from_six_phones_at_once_is_one_file_and_one_evidence(phones):
    assert phones["same"] == {
        "failures": [],
        "files": 1,
        "evidence": 1,
        "attachments": 1,
        "asked": 5,  # who was later is told where it is, and asked
        "whole": True,
    }


def test_photographs_of_one_paper_that_end_at_the_same_moment_are_one_evidence(phones):
    assert phones["group"] == {"failures": [], "files": 6, "evidence": 1, "attachments": 6, "asked": 0, "whole": True}


@pytest.fixture(scope="module", params=["folder", "s3"])
def phones(request, tmp_path_factory):
    """What six threads of a server of its own did, on the database that a school has."""
    more = {}
    if request.param == "s3":
        more = settings_of(request.getfixturevalue("s3_address"), f"sau-may-{uuid4().hex}")
    if connection.vendor == "postgresql":
        request.getfixturevalue("django_db_setup")
        base = os.environ["CAITIEN_DATABASE_URL"].rpartition("/")[0]
        more["CAITIEN_DATABASE_URL"] = f"{base}/{_new_database()}"
    else:
        more["CAITIEN_DATABASE_URL"] = ""
    tests = Path(__file__).resolve().parents[2]
    path = os.pathsep.join([str(tests), *filter(None, [os.environ.get("PYTHONPATH")])])
    env = os.environ | {
        "CAITIEN_DATA": str(tmp_path_factory.mktemp("sau-may")),
        "PYTHONPATH": path,
        "PYTHONUTF8": "1",
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-m", "web.evidence.phones"], env=env, capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _new_database() -> str:
    import psycopg

    name = f"sau_may_{uuid4().hex}"
    with psycopg.connect(os.environ["CAITIEN_DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return name


def test_who_loses_the_race_leaves_the_winners_file_alone(school, secretary, tmp_path, kept_in, monkeypatch):
    """Both looked before either had written: the second finds the row there, and its own copy goes, not the first's."""
    from caitien.web.evidence.kinds import KINDS
    from caitien.web.evidence.scanning import Verdict

    content = files.pdf()
    paths = [tmp_path / "mot.part", tmp_path / "hai.part"]
    for path in paths:
        path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    verdict = Verdict(StoredFile.Scan.NOT_ASKED)
    winner = keeping._new(school, secretary, paths[0], digest, KINDS["pdf"], verdict)
    loser = keeping._new(school, secretary, paths[1], digest, KINDS["pdf"], verdict)
    assert winner.pk == loser.pk
    with StoredFile.objects.get().content.open("rb") as stream:
        assert stream.read() == content
