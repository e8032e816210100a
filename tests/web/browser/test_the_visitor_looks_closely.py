"""What the visitor checks on every page is really found when it is there."""

from __future__ import annotations

import pytest

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("width", [390], indirect=True, ids=["phone"]),
]
PAGE = '<!doctype html><html lang="vi"><title>x</title><main><h1>x</h1>{}</main></html>'


def test_a_picture_without_words_is_found(visitor):
    visitor.page.set_content(PAGE.format('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'))
    with pytest.raises(AssertionError, match="image-alt"):
        visitor.look("picture")


def test_a_page_that_scrolls_sideways_is_found(visitor):
    visitor.page.set_content(PAGE.format('<p style="width: 900px">x</p>'))
    with pytest.raises(AssertionError, match="scrolls sideways"):
        visitor.look("wide")


def test_an_error_of_a_script_is_found(visitor):
    visitor.page.set_content(PAGE.format("<script>nothing.here()</script>"))
    with pytest.raises(AssertionError, match="nothing is not defined"):
        visitor.look("script")


def test_the_security_policy_forbids_scripts_in_a_page(visitor):
    visitor.go("/tai-khoan/login/")
    visitor.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    with pytest.raises(AssertionError, match="Content Security Policy"):
        visitor.look("inline script")
