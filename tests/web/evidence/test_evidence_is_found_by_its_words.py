"""Search of evidence: any word of it, without diacritics, whatever people type; one school never sees another's."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.base import ContentFile

from caitien.web.evidence import services
from caitien.web.evidence.codes import keep_old_code
from caitien.web.evidence.models import Evidence, SearchPiece, StoredFile
from caitien.web.evidence.search import excerpts, find, marked, reindexed
from caitien.web.evidence.search_words import Term, folded, terms_of, token_of, words_of
from caitien.web.ids import new_id
from caitien.web.plans.frameworks import framework

MINUTES = (
    "BIÊN BẢN\nHọp hội đồng tự đánh giá ngày 12/10/2025.\nÔng Lò Văn Chung chủ trì, thống nhất sửa mái nhà ăn bán trú."
)


def stored(school, text, name="Biên bản họp.docx", content=None):
    content = content or name.encode()
    file = StoredFile(
        school=school, sha256=hashlib.sha256(content).hexdigest(), size=len(content), kind="docx", content_type="x",
        text=text, text_state="read",
    )  # fmt: skip
    file.content.save(name, ContentFile(content), save=False)
    file.save()
    return file


@pytest.fixture
def minutes(school, secretary):
    row = services.create(
        school, secretary, "Biên bản họp hội đồng trường", number="15/BB-THSL", date="2025-10-12",
        issuer="Trường Tiểu học Sông Lam", summary="Thống nhất kế hoạch sửa chữa", place="Hộp 3, phòng văn thư",
        note="bản chụp", box="3",
    )  # fmt: skip
    services.attach_file(row, stored(school, MINUTES), "bien-ban_hop.docx", secretary)
    services.use(row, framework("tt57-2026-pho-thong"), ["1.3"], secretary)
    keep_old_code(row, "[H1-1.1-01]", "2024-2025", secretary)
    reindexed(school.pk, [row.pk])
    row.refresh_from_db()
    return row


@pytest.fixture
def photo(school, secretary):
    return services.create(school, secretary, "Ảnh khu bếp ăn bán trú", note="chụp 12/10/2025")


def names(school, text, **kwargs):
    return [row.name for row in find(school, text, sensitive=kwargs.get("sensitive", True))]


@pytest.mark.parametrize(
    "typed",
    [
        "hội đồng trường", "hoi dong truong", "HOI DONG", "biên bản  họp", "15/BB-THSL", "15/bb", "song lam", "van thu",
        "12/10/2025", "bản chụp", "sua chua", "mai nha an", "chu tri", "lò văn chung", "bien-ban_hop.docx", "họ đồng bi",
    ],
)  # fmt: skip
def test_any_of_its_words_finds_it(school, minutes, typed):
    if typed == "họ đồng bi":  # only the last word may be a beginning
        assert names(school, typed) == []
        typed = "họp đồng bi"
    assert "Biên bản họp hội đồng trường" in names(school, typed)


@pytest.mark.parametrize(
    "typed", ["MC.1.3.01", "mc.1.3.01", "1.3.01", "1.3.1", "(MC.1.3.01)", "H1-1.1-01", "[H1-1.1-01]", "h1-1.1"]
)
def test_a_code_is_found_whole_the_old_one_too(school, minutes, photo, typed):
    assert minutes.code == "MC.1.3.01"
    assert names(school, typed) == ["Biên bản họp hội đồng trường"]


@pytest.mark.parametrize("typed", ["MC.1.3.02", "1.30.1", "3.01.1", "H1-1.1-011", "C.1.3"])
def test_another_code_is_not_found(school, minutes, typed):
    assert names(school, typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        '"', '""', '"hội', "hội*", "*", "NEAR(a b)", "a NEAR b", "-hội", "hội -", "title:x", ":", "(", ")", "AND", "OR NOT", "hội AND",
        "'", "';--", "\\", "\x00", "%", "_", "{title}:x", "^hội", "hội + đồng", "“hội đồng", "a" * 5000, "ộ" * 300, "😀", "١٢", "İ ß ǆ",
        "x & y | !z", "a <-> b:*", ":*", "\ud800",
    ],
)  # fmt: skip
def test_nothing_that_is_typed_is_an_error(school, minutes, typed):
    list(find(school, typed, sensitive=True))
    rows = list(find(school, "hoi dong", sensitive=True))
    excerpts(school, rows, typed, sensitive=True)
    marked("Hội đồng", typed)


def test_all_words_are_asked_for_and_a_phrase_in_quotes_as_it_stands(school, minutes, photo):
    assert len(names(school, "bán trú")) == 2
    assert names(school, "bán trú bếp") == ["Ảnh khu bếp ăn bán trú"]
    assert names(school, '"trú bán"') == []
    assert len(names(school, '"bán trú"')) == 2
    assert names(school, '"bán tr"') == []


def test_what_stands_in_the_name_comes_before_what_stands_in_the_file(school, minutes, photo):
    found = list(find(school, "bán trú ", sensitive=True))
    assert [row.name for row in found] == ["Ảnh khu bếp ăn bán trú", "Biên bản họp hội đồng trường"]
    assert [row.rank for row in found] == [1, 3]


def test_whole_words_come_before_words_that_only_begin_so(school, minutes, photo):
    found = list(find(school, "ban tru", sensitive=True))  # also "bản … trường"
    assert [row.name for row in found] == ["Ảnh khu bếp ăn bán trú", "Biên bản họp hội đồng trường"]
    assert [row.rank for row in found] == [1, 3]
    assert [row.rank for row in find(school, "ban truo", sensitive=True)] == [4]


def test_one_that_is_asked_for_by_its_code_comes_before_one_that_speaks_of_it(school, minutes, secretary):
    services.use(minutes, framework("tt57-2026-pho-thong"), ["1.3"], secretary)
    other = services.create(school, secretary, "Phụ lục của MC.1.3.01")
    Evidence.objects.filter(pk=other.pk).update(code_order="A")
    assert [row.rank for row in find(school, "mc.1.3.01", sensitive=True)] == [0, 1]


def test_nothing_asked_for_is_everything(school, minutes, photo):
    assert len(names(school, "")) == len(names(school, " . ")) == 2


def test_a_search_can_be_narrowed_and_counted(school, minutes, photo):
    found = find(school, "ban tru", sensitive=True).filter(state="submitted")
    assert found.count() == 2
    assert len(found[1:2]) == 1


def test_another_school_is_never_found(school, other_school, minutes, secretary):
    services.create(other_school, secretary, "Biên bản họp hội đồng trường của trường khác")
    assert names(school, "biên bản") == ["Biên bản họp hội đồng trường"]
    assert len(names(other_school, "biên bản")) == 1


def test_what_changes_is_found_as_it_is_now(school, minutes, secretary):
    services.save_fields(
        school, minutes.pk, {"name": "Nghị quyết hội đồng trường"}, seen=minutes.version, user=secretary
    )
    assert names(school, "nghi quyet") == ["Nghị quyết hội đồng trường"]
    assert names(school, '"bien ban hop hoi dong truong"') == []


def test_a_file_that_is_taken_away_or_has_a_newer_version_is_not_found_any_more(school, minutes, secretary):
    first = minutes.attachments.get()
    newer = services.attach_file(
        minutes, stored(school, "nội dung mới", content=b"2"), "b.docx", secretary, replaces=first
    )
    assert names(school, "mái nhà ăn") == []
    assert names(school, "nội dung mới")
    services.remove_attachment(newer, secretary)
    assert names(school, "nội dung mới") == []


def test_what_was_removed_is_not_found_and_is_when_it_comes_back(school, minutes, secretary):
    services.remove(school, minutes.pk, user=secretary)
    assert names(school, "hội đồng") == []
    assert not SearchPiece.objects.exists()
    services.restore(school, minutes.pk, user=secretary)
    assert names(school, "hội đồng")


def test_words_inside_sensitive_files_are_found_only_by_those_who_may_open_them(school, minutes, secretary):
    services.save_fields(school, minutes.pk, {"sensitive": True}, seen=minutes.version, user=secretary)
    assert names(school, "mái nhà", sensitive=True)
    assert names(school, "mái nhà", sensitive=False) == []
    rows = list(find(school, "hội đồng", sensitive=False))
    assert len(rows) == 1  # its entry in the list is for everybody
    for row in rows:
        row.rank = 3
    assert excerpts(school, rows, "hội đồng", sensitive=False) == {}


def test_an_excerpt_shows_the_words_as_they_are_written(school, minutes):
    rows = list(find(school, "mai nha", sensitive=True))
    shown = excerpts(school, rows, "mai nha", sensitive=True)[minutes.pk]
    assert ("mái", True) in shown.parts
    assert ("nhà", True) in shown.parts
    assert "thống nhất sửa" in "".join(words for words, _ in shown.parts)
    assert (shown.file, shown.page) == ("bien-ban_hop.docx", None)


def test_an_excerpt_says_on_which_page(school, minutes, secretary):
    pages = "\f".join(f"trang thứ {number} " + "chữ " * 3000 for number in range(1, 8)) + "\fcuối cùng là biểu quyết"
    services.attach_file(minutes, stored(school, pages, content=b"p"), "dài.pdf", secretary)
    for typed, page in (("thứ 5", 5), ("biểu quyết", 8)):
        rows = list(find(school, f'"{typed}"', sensitive=True))
        assert excerpts(school, rows, f'"{typed}"', sensitive=True)[minutes.pk].page == page


def test_an_excerpt_shows_what_is_written_about_it_when_that_is_where_the_words_stand(school, minutes):
    rows = list(find(school, "phòng văn thư", sensitive=True))
    assert excerpts(school, rows, "phòng văn thư", sensitive=True)[minutes.pk].parts[0] == ("Hộp 3, ", False)


def test_excerpts_of_a_page_are_one_query(school, minutes, secretary, django_assert_num_queries):
    for number in range(6):
        row = services.create(school, secretary, f"Phiếu {number}")
        services.attach_file(row, stored(school, f"mái nhà số {number}", content=bytes([number])), "p.docx", secretary)
    rows = list(find(school, "mái nhà", sensitive=True))
    with django_assert_num_queries(1):
        assert len(excerpts(school, rows, "mái nhà", sensitive=True)) == 7


def test_a_phrase_over_a_cut_is_found(school, minutes, secretary):
    text = "chữ " * 7_998 + "biểu quyết thông qua toàn văn " + "chữ " * 500
    services.attach_file(minutes, stored(school, text, content=b"c"), "dài.docx", secretary)
    assert SearchPiece.objects.filter(attachment__name="dài.docx").count() == 2
    assert names(school, '"biểu quyết thông qua toàn văn"')


def test_marks_stand_on_the_words_of_the_name():
    assert marked("Kế hoạch hội đồng", "hoi ke") == [("Kế", True), (" hoạch ", False), ("hội", True), (" đồng", False)]
    assert "".join(words for words, _ in marked("Đường Ốc ß İx", "duong")) == "Đường Ốc ß İx"


def test_a_text_keeps_its_length_when_it_is_folded():
    text = "Đường Ốc ß İx ﬁ ǆ 😀 ộ"
    assert len(folded(text)) == len(text)
    assert words_of("Đường Ốc") == ["duong", "oc"]


def test_what_is_typed_becomes_terms():
    assert terms_of('Hội "kế hoạch" 74/KH') == [Term(("hoi",)), Term(("ke", "hoach")), Term(("74", "kh"), True)]
    assert terms_of("hội ") == [Term(("hoi",))]
    assert terms_of("1.3") == [Term(("1", "3"))]
    assert terms_of("“kế hoạch”") == [Term(("ke", "hoach"))]


def test_schools_have_tokens_of_their_own():
    assert len({token_of(new_id()) for _ in range(200)}) > 190


def test_words_are_marked_as_they_were_typed_where_they_stand_so():
    assert marked("TRƯỜNG: hiệu trưởng", "hiệu trưởng") == [
        ("TRƯỜNG: ", False),
        ("hiệu", True),
        (" ", False),
        ("trưởng", True),
    ]
    assert marked("TRƯỜNG: hiệu trưởng", "truong")[0] == ("TRƯỜNG", True)
    assert marked("Hieu truong", "hiệu trưởng")[0] == ("Hieu", True)


def test_an_excerpt_says_the_page_of_what_it_shows(school, minutes, secretary):
    text = "Trường THCS\f" + "chữ " * 300 + "phó hiệu trưởng ký"
    services.attach_file(minutes, stored(school, text, content=b"t"), "b.pdf", secretary)
    rows = list(find(school, "phó hiệu trưởng", sensitive=True))
    shown = excerpts(school, rows, "phó hiệu trưởng", sensitive=True)[minutes.pk]
    assert shown.page == 2
    assert "hiệu" in [words for words, is_found in shown.parts if is_found]


def test_an_evidence_found_by_the_name_of_its_file_shows_the_file(school, minutes, photo, secretary):
    services.attach_file(photo, stored(school, "", content=b"n"), "IMG_2025 nghiệm thu.jpg", secretary)
    services.attach_file(photo, stored(school, "nghiệm thu công trình", content=b"m"), "nghiệm thu.docx", secretary)
    rows = list(find(school, "nghiem thu", sensitive=True))
    assert excerpts(school, rows, "nghiem thu", sensitive=True)[photo.pk].file == "nghiệm thu.docx"
    services.save_fields(school, photo.pk, {"sensitive": True}, seen=photo.version, user=secretary)
    rows = list(find(school, "nghiem thu", sensitive=False))
    shown = excerpts(school, rows, "nghiem thu", sensitive=False).values()
    assert not any(one.parts for one in shown)  # nothing of what stands in it


def test_a_search_asks_the_index_for_words_of_its_school_only(school, other_school, minutes):
    """Not only the rows: the words themselves are the school's, so that no other's are read on the way."""
    from caitien.web.evidence.search_tables import matching

    terms = terms_of("hoi dong")
    assert all(
        f"{token_of(school.pk)}{word}" in str(matching(school.pk, terms, "words").params) for word in ("hoi", "dong")
    )
    assert not list(Evidence.objects.filter(pk__in=matching(other_school.pk, terms, "words")))
