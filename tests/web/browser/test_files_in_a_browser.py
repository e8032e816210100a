"""Files of evidence in a real browser: pages appear as pictures, words are searched from the list to the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from web.evidence.rows import make_evidence, stored

pytestmark = pytest.mark.django_db(transaction=True)

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture
def attachments(people):
    from caitien.web.evidence import services
    from caitien.web.evidence.indexing import read_words

    row = make_evidence(people, "Kế hoạch đã ký", "1.1")
    made = []
    for name, kind in (
        ("thpt-nam-hai-2025-2026.pdf", "pdf"),
        ("thpt-dong-giang-2025-2026.docx", "docx"),
        ("mn-hoa-ban-2025-2026.xlsx", "xlsx"),
    ):
        file = stored(people, (SAMPLES / name).read_bytes(), kind)
        made.append(services.attach_file(row, file, name, None))
        read_words(file)
    return made


def test_the_pages_of_a_pdf_are_seen(visitor, people, attachments):
    visitor.sign_in()
    visitor.go(reverse("evidence:file_view", args=[people.slug, attachments[0].pk]))
    pictures = visitor.page.locator("img.file-page")
    assert pictures.count() == 3
    for number in range(3):
        pictures.nth(number).scroll_into_view_if_needed()
        visitor.page.wait_for_function(
            "at => document.querySelectorAll('img.file-page')[at].naturalWidth > 1000", arg=number
        )
    visitor.look("pdf")


@pytest.mark.parametrize(("at", "said"), [(1, "TRƯỜNG THPT ĐỒNG GIANG"), (2, "TRƯỜNG MẦM NON HOA BAN")])
def test_word_and_excel_are_read_in_the_page(visitor, people, attachments, at, said):
    visitor.sign_in()
    visitor.go(reverse("evidence:file_view", args=[people.slug, attachments[at].pk]))
    assert said in visitor.page.locator(".file-words").inner_text()
    visitor.look(f"words {at}")


def test_from_a_word_in_the_list_to_the_page_on_which_it_stands(visitor, people, attachments):
    visitor.sign_in()
    visitor.go(reverse("evidence:list", args=[people.slug]) + "?tim=nam+hải")
    visitor.page.get_by_role("link", name="thpt-nam-hai").first.click()
    visitor.page.wait_for_url("**/tep/**")
    assert visitor.page.locator(".file-found a").first.inner_text() == "1"
    visitor.page.get_by_role("link", name="Chữ trong tệp").click()
    visitor.page.wait_for_selector(".file-words mark")
    visitor.look("found words")


def test_all_of_it_works_without_a_script(visitor_without_script, people, attachments):
    visitor = visitor_without_script
    visitor.sign_in()
    visitor.go(reverse("evidence:list", args=[people.slug]) + "?tim=nam+hải")
    visitor.page.get_by_role("link", name="thpt-nam-hai").first.click()
    assert visitor.page.locator("img.file-page").count() == 3
