"""Pages are Vietnamese unless the reader chose English; every string of a page has its English words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.urls import reverse
from django.utils.translation.template import templatize

import caitien.web

WEB = Path(caitien.web.__file__ or "").parent
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
ASKED = ("_", "_lazy", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy")
TEMPLATES = sorted(path for kind in ("html", "txt") for path in WEB.glob(f"templates/**/*.{kind}"))
LETTERS = "àáèéìíòóùúýạảãăắằẳẵặâấầẩẫậẹẻẽêếềểễệỉĩịọỏõôốồổỗộơớờởỡợụủũưứừửữựỳỵỷỹđ"
MODULES = sorted(path for path in WEB.rglob("*.py") if "migrations" not in path.parts)


def known(catalogue) -> set[str]:
    return {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue if m.context is None}


def asked(code: str) -> list[str]:
    """The strings that Python code asks the catalogue for, whatever it calls the function."""
    tree = ast.parse(code)
    names = {*ASKED}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {name.asname for name in node.names if name.asname and name.name in ASKED}
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return [
        call.args[0].value
        for call in calls
        if call.func.id in names and call.args and isinstance(call.args[0], ast.Constant)
    ]


def asked_by_template(source: str) -> list[str]:
    """The same of a template, as Django itself finds them (a percent sign is asked for as two)."""
    code = templatize(source)
    calls = re.finditer(r"""\b(?:gettext|ngettext|_)\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")""", code)
    return [ast.literal_eval(call.group(1)) for call in calls]


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
    places = lambda text: set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w+\}", text))  # noqa: E731
    for message in catalogue:
        if message.id:
            first = message.id[0] if isinstance(message.id, tuple) else message.id
            for string in message.string if isinstance(message.string, tuple) else (message.string,):
                assert places(string) == places(first), first


def test_the_compiled_catalogue_is_the_written_one(catalogue):
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    context = lambda m: m.context.decode() if isinstance(m.context, bytes) else m.context  # noqa: E731 (read_mo leaves bytes)
    words = lambda catalogue: {  # noqa: E731
        (context(m), m.id if isinstance(m.id, str) else m.id[0]): list(m.string) for m in catalogue if m.id
    }
    assert words(compiled) == words(catalogue)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_string_of_the_templates_is_in_the_catalogue(catalogue, template):
    there = known(catalogue)
    assert [text for text in asked_by_template(template.read_text("utf-8")) if text not in there] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(WEB)))
def test_every_string_of_the_code_is_in_the_catalogue(catalogue, module):
    there = known(catalogue)
    assert [text for text in asked(module.read_text("utf-8")) if text not in there] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_vietnamese_stands_outside_of_what_is_translated(template):
    """What is left when template code and what it translates are taken away holds no Vietnamese word."""
    if template.name == "500.html":
        return  # shown when nothing else works, the catalogue included
    source = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}", "", template.read_text("utf-8"), flags=re.S)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", source, flags=re.S).replace("Cải Tiến", "")
    assert re.findall(rf"[^\s<>\"]*[{LETTERS}][^\s<>\"]*", source, re.I) == []


def test_the_words_of_the_library_for_fields_and_records_are_translated(catalogue):
    """The pages of versions and amendments ask for them by name."""
    from caitien.plan.fields import RECORD_WORDS, WORDS
    from caitien.planning.decisions import KIND_WORDS
    from caitien.web.plans.change_words import RECORDS
    from caitien.web.plans.deciding import KIND_LABELS
    from caitien.writing.adjustments import EVERYTHING

    words = {word[:1].upper() + word[1:] for of_record in WORDS.values() for word in of_record.values()}
    assert {*words, EVERYTHING, "Bổ sung", "Bỏ", "Thứ tự", "Sửa"} - known(catalogue) == set()
    assert {name: str(word) for name, word in RECORDS.items()} == RECORD_WORDS
    assert {name: str(word) for name, word in KIND_LABELS.items()} == KIND_WORDS


def test_what_is_asked_of_a_council_is_translated(catalogue):
    """The page shows the library's words for it, those of either family of frameworks."""
    from caitien.assessment.council import conditions
    from caitien.assessment.model import Council, CouncilMember
    from caitien.web.assessments.council_rules import OURS, RULES

    council = Council(members=[CouncilMember(name="Vừ Thị Pà")])
    of_both = [*conditions(council, "tt57-2026-pt"), *conditions(council, "tt17-2018-th")]
    assert {one.rule for one in of_both} == {*RULES}
    assert OURS in {one.source for one in of_both if one.confidence is None}
    assert {*RULES, OURS} - known(catalogue) == set()


VIEWS = [path for path in MODULES if {"views", "templatetags"} & {*path.parts} or path.stem.startswith("views")]
KEPT = {  # not shown as words of the page: what a plan says, whoever reads it
    "trường", " đồng", "Ngân sách nhà nước", "Chi thường xuyên", "Xã hội hóa", "Học phí", "Tài trợ",
    "Luật", "Nghị định", "Nghị quyết", "Quyết định", "Thông tư", "Công văn", "Hướng dẫn", "Kế hoạch", "Báo cáo",
}  # fmt: skip


@pytest.mark.parametrize("module", VIEWS, ids=lambda path: str(path.relative_to(WEB)))
def test_no_view_says_vietnamese_that_is_not_translated(module):
    """But for the words that stand in a plan itself, and for what is stored (a `_change_reason` is read with `said`)."""
    tree = ast.parse(module.read_text("utf-8"))
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        asks = isinstance(node, ast.Call) and getattr(node.func, "id", "") in (*ASKED, "pgettext", "pgettext_lazy")
        stored = isinstance(node, ast.Assign) and any(getattr(t, "attr", "") == "_change_reason" for t in node.targets)
        if asks or stored:
            aside |= {id(part) for part in ast.walk(node)}
    said = (
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in aside
    )
    assert [text for text in said if re.search(f"[{LETTERS}]", text, re.I) and text not in KEPT] == []


def test_the_frame_of_a_page_is_english_too(browser, plan):
    browser.post(reverse("set_language"), {"language": "en", "next": "/"})
    html = browser.get(reverse("plans:plan", args=[plan.school.slug, plan.pk])).content.decode()
    text = " ".join(re.sub(r"<[^>]*>", " ", html).split())
    for words in ("To the content", "Sign out", "Appearance", "School year 2025-2026", "Overdue"):
        assert words in html or words in text
    assert 'lang="vi">Tiếng Việt' in html
