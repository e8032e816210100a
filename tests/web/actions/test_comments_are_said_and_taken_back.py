"""People talk about an action: newest last, one's own words corrected or taken back, an empty place stays."""

from __future__ import annotations

import pytest
from django.test import Client

from caitien.web.plans.models import Comment
from web.invented import make_user


def said(client, at, text: str, **headers):
    return client.post(at("comments"), {"text": text}, headers=headers)


def test_what_is_said_stands_below_what_was_said_before(teacher, browser, at):
    said(teacher, at, "Nộp biên bản ở đâu ạ?")
    said(browser, at, "Tủ số 2.\r\n\r\nBản mềm gửi thư mục chung.")
    page = browser.get(at("action")).content.decode()
    assert 'Trao đổi <span class="muted">(2)</span>' in page
    assert page.index("Nộp biên bản") < page.index("Tủ số 2.\nBản mềm")


def test_words_are_never_markup(teacher, at):
    said(teacher, at, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in teacher.get(at("action")).content.decode()


def test_the_same_words_sent_twice_are_said_once(teacher, at):
    for _ in range(2):
        said(teacher, at, "Đã gửi")
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(("text", "sentence"), [("   ", "Chưa viết gì."), ("x" * 4_001, "dài quá 4000 chữ")])
def test_nothing_and_a_book_are_refused_and_the_words_stay(teacher, at, text, sentence):
    response = said(teacher, at, text)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert text.strip() in response.content.decode()
    in_place = said(teacher, at, text, **{"HX-Request": "true"}).content.decode()
    assert sentence in in_place
    assert not Comment.objects.exists()


def test_ones_own_words_are_corrected_and_that_is_said(teacher, at):
    said(teacher, at, "Đã gửi bien ban")
    one = Comment.objects.get()
    teacher.post(at("comment_edit", comment=one.pk), {"text": "Đã gửi biên bản"})
    page = teacher.get(at("action")).content.decode()
    assert "Đã gửi biên bản" in page
    assert "đã sửa" in page
    assert one.history.count() == 2


def test_ones_own_words_are_taken_back_and_their_place_stays(teacher, browser, at):
    said(teacher, at, "Nhầm mục")
    one = Comment.objects.get()
    teacher.post(at("comment_remove", comment=one.pk))
    page = browser.get(at("action")).content.decode()
    assert "Nhầm mục" not in page
    assert "Lời này đã được rút lại." in page
    assert "Vi Thị Sim" in page
    teacher.post(at("comment_remove", comment=one.pk), {"lai": "1"})
    assert "Nhầm mục" in browser.get(at("action")).content.decode()


def test_nobody_touches_what_another_said(teacher, browser, at):
    said(teacher, at, "Của tôi")
    one = Comment.objects.get()
    assert browser.get(at("comment_edit", comment=one.pk)).status_code == 404
    assert browser.post(at("comment_remove", comment=one.pk)).status_code == 404
    assert "Sửa lời của tôi" not in browser.get(at("action")).content.decode()


def test_who_only_looks_says_nothing(school, at):
    client = Client()
    client.force_login(make_user("xem", "Người Xem", school, "viewer"))
    assert said(client, at, "x").status_code == 403
    assert "Gửi trao đổi" not in client.get(at("action")).content.decode()
