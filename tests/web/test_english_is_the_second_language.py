"""Pages are Vietnamese unless the reader chose English; every string of a page has its English words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.urls import reverse

import caitien.web

WEB = Path(caitien.web.__file__ or "").parent
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
TRANSLATED = re.compile(r"""\{% translate (?:"([^"]+)"|'([^']+)')|_\("([^"]+)"\)""")


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def test_the_browsers_own_language_is_not_asked(client, db):
    html = client.get(reverse("roles_help"), headers={"Accept-Language": "en-US,en"}).content.decode()
    assert "Ai được làm gì" in html
    assert 'lang="vi"' in html


def test_the_reader_can_choose_english_and_go_back(browser, plan):
    page = reverse("plans:plan", args=[plan.school.slug, plan.pk])
    browser.post(reverse("set_language"), {"language": "en", "next": page})
    assert "Quality improvement plan 2025-2026" in browser.get(page).content.decode()
    browser.post(reverse("set_language"), {"language": "vi", "next": page})
    assert "Kế hoạch cải tiến chất lượng 2025-2026" in browser.get(page).content.decode()


def test_a_language_that_is_not_there_is_vietnamese(client, db):
    client.cookies["django_language"] = "xx"
    assert "Ai được làm gì" in client.get(reverse("roles_help")).content.decode()


def test_every_message_is_translated_and_none_is_doubtful(catalogue):
    for message in catalogue:
        if message.id:
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(strings), message.id
            assert not message.fuzzy, message.id


def test_translations_keep_the_places_for_values(catalogue):
    places = lambda text: set(re.findall(r"%\(\w+\)s|%s|\{\w+\}", text))  # noqa: E731
    for message in catalogue:
        if message.id:
            first = message.id[0] if isinstance(message.id, tuple) else message.id
            for string in message.string if isinstance(message.string, tuple) else (message.string,):
                assert places(string) == places(first), first


def test_the_compiled_catalogue_is_the_written_one(catalogue):
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    words = lambda catalogue: {(m.id if isinstance(m.id, str) else m.id[0]): list(m.string) for m in catalogue if m.id}  # noqa: E731
    assert words(compiled) == words(catalogue)


@pytest.mark.parametrize("folder", ["plans", "schools", "errors", "frameworks"])
def test_every_string_of_the_templates_is_in_the_catalogue(catalogue, folder):
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue}
    for template in (WEB / "templates" / folder).glob("*.html"):
        for found in TRANSLATED.finditer(template.read_text("utf-8")):
            text = next(part for part in found.groups() if part)
            assert text in known, f"{template.name}: {text}"
