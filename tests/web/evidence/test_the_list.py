"""The list of evidence answers "can we prove it?" first, and finds, filters and sorts without losing the place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from caitien.standards import load
from caitien.web.evidence import services
from caitien.web.evidence.choosing import ONLY, Choice, chosen, years_since
from caitien.web.evidence.criteria import current
from caitien.web.evidence.listed import ROWS
from caitien.web.evidence.models import Evidence
from web.evidence import files
from web.evidence.people import at, make_assessment, signed_in, words_of
from web.evidence.rows import FRAMEWORK, make_evidence, stored


@pytest.fixture
def there(school, secretary):
    """Evidence of every kind: name -> row."""
    make_assessment(school, secretary)
    today = timezone.localdate()
    rows = {
        "verified": make_evidence(
            school, "Quyết định thành lập hội đồng trường", "1.1", user=secretary, file=files.pdf()
        ),
        "free": make_evidence(school, "Ảnh hội giảng", user=secretary),
        "old": make_evidence(school, "Giấy chứng nhận an toàn thực phẩm", "1.2", valid_until=today - timedelta(days=1)),
        "soon": make_evidence(school, "Hợp đồng bảo vệ", "1.2", valid_until=today + timedelta(days=30)),
        "sensitive": make_evidence(school, "Hồ sơ học sinh khuyết tật", "1.2", sensitive=True),
        "link": make_evidence(school, "Đường dẫn thư mục ảnh", "1.2"),
    }
    services.take_step(school, rows["verified"].pk, "verified", user=secretary)
    services.use(rows["verified"], load(FRAMEWORK), ["2.1"], secretary, state="offered")
    link = services.attach_link(rows["link"], "https://drive.example.vn/1", "Drive", secretary)
    link.reach = "gone"
    link.save()
    return rows


def names(browser, school, query: str = "") -> set[str]:
    page = browser.get(at("list", school) + query).context["page"]
    return {row.evidence.name for row in page.rows}


def test_the_first_line_is_the_answer(browser, school, there):
    said = words_of(browser.get(at("list", school)))
    assert "6 minh chứng" in said
    assert "5 chưa xác nhận" in said
    assert "13 tiêu chí chưa có" in said  # of fifteen, 1.1 and 1.2 have


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?tt=xac-nhan", {"verified"}),
        ("?tt=cho", {"free", "old", "soon", "sensitive", "link"}),
        ("?tc=1.1", {"verified"}),
        ("?tc=1", {"verified", "old", "soon", "sensitive", "link"}),
        ("?tc=9.9", set()),
        ("?loai=pdf", {"verified"}),
        ("?loai=duong-dan", {"link"}),
        ("?loai=anh", set()),
        ("?loc=chua-gan", {"free"}),
        ("?loc=goi-y", {"verified"}),
        ("?loc=het-han", {"old"}),
        ("?loc=sap-het", {"soon"}),
        ("?loc=co-tep", {"verified", "link"}),
        ("?loc=khong-tep", {"free", "old", "soon", "sensitive"}),
        ("?loc=link-hong", {"link"}),
        ("?loc=giu-kin", {"sensitive"}),
        ("?tim=hoi+dong", {"verified"}),
        ("?tim=ho+so&loc=giu-kin", {"sensitive"}),
        ("?tim=ho+so&loc=goi-y", set()),
    ],
)
def test_a_filter_shows_what_it_says(browser, school, there, query, found):
    assert names(browser, school, query) == {there[name].name for name in found}


def test_by_whom_and_in_which_year(browser, school, there, secretary):
    assert names(browser, school, f"?nguoi={secretary.pk}") == {there["verified"].name, there["free"].name}
    year = years_since(timezone.now(), timezone.localdate())[0]
    first = int(year[:4])
    assert len(names(browser, school, f"?nam={year}")) == 6
    assert names(browser, school, f"?nam={first - 1}-{first}") == set()


@pytest.mark.parametrize(
    "query",
    [
        "?trang=0", "?trang=999999", "?trang=²", "?trang=-1", "?nguoi=x", "?nguoi=1", "?nam=2026", "?nam=9999-1",
        "?tt=gi-do", "?xep=%00", "?tim=%00%27%22%25_", "?tim=" + "a" * 3000, "?tc=%00", "?loc=" + "x" * 500,
        "?tim=%F0%9F%98%80", "?tim=(((&xep=ten",
    ],
)  # fmt: skip
def test_no_address_is_an_error(browser, school, there, query):
    assert browser.get(at("list", school) + query).status_code == 200


def test_sorted_by_code_by_name_and_newest_first(browser, school, there):
    def order(by: str) -> list[str]:
        return [row.evidence.name for row in browser.get(at("list", school) + f"?xep={by}").context["page"].rows]

    assert order("ma")[-1] == there["free"].name  # without a code, after all that have one
    assert order("ten")[:2] == ["Ảnh hội giảng", "Đường dẫn thư mục ảnh"]
    assert order("moi")[0] == there["link"].name


def test_pages_of_fifty(browser, school, there):
    for number in range(ROWS):
        make_evidence(school, f"Biên bản {number:03d}")
    first = browser.get(at("list", school)).context["page"]
    last = browser.get(at("list", school) + "?trang=99").context["page"]
    assert (len(first.rows), first.count, first.pages) == (ROWS, ROWS + 6, 2)
    assert (last.number, len(last.rows)) == (2, 6)
    assert not {row.evidence.pk for row in first.rows} & {row.evidence.pk for row in last.rows}
    found = browser.get(at("list", school) + "?tim=bien+ban&trang=7").context["page"]
    assert (found.number, found.count) == (1, ROWS)


def test_htmx_gets_the_rows_alone(browser, school, there):
    answer = browser.get(at("list", school), headers={"HX-Request": "true", "HX-Target": "danh-muc"})
    assert "<html" not in answer.content.decode()
    assert there["free"].name in answer.content.decode()


def test_what_is_off_the_list_is_not_on_it(browser, school, there, secretary):
    services.remove(school, there["free"].pk, user=secretary)
    assert there["free"].name not in names(browser, school)
    assert there["free"].name in words_of(browser.get(at("removed", school)))


def test_an_empty_list_says_what_to_do_first(browser, school):
    assert "Chưa có minh chứng nào" in words_of(browser.get(at("list", school)))


def test_a_teacher_sees_entries_but_cannot_choose_rows(school, there):
    teacher = signed_in(school, "staff")
    html = teacher.get(at("list", school)).content.decode()
    assert there["sensitive"].name in html
    assert 'name="chon"' not in html


def test_words_inside_sensitive_files_are_not_found_by_a_teacher(browser, school, there, secretary):
    file = stored(school, files.pdf("khuyet tat van dong"), text="khuyết tật vận động nặng", text_state="read")
    services.attach_file(there["sensitive"], file, "ho-so.pdf", secretary)
    assert names(browser, school, "?tim=van+dong") == {there["sensitive"].name}
    assert names(signed_in(school, "staff"), school, "?tim=van+dong") == set()


@pytest.mark.parametrize("only", list(ONLY))
def test_each_word_of_the_list_is_a_query(school, there, only):
    rows = chosen(school, Choice(only=only), current(school), timezone.localdate())
    assert 0 <= rows.count() <= Evidence.objects.for_school(school).count()
