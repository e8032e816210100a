"""Two people write in one text: sentences that only one of them touched are joined, a doubtful place is left to a person."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caitien.web.assessments.joining import joined_by_code, joined_lines, joined_text

BASE = "Trường có kế hoạch (MC.1.3.01). Kế hoạch được công khai. Phụ huynh góp ý.\nĐã sơ kết học kỳ I."


def test_different_sentences_are_joined():
    mine = BASE.replace("Kế hoạch được", "Kế hoạch đã được")
    theirs = BASE.replace("học kỳ I", "học kỳ I và II")
    assert joined_text(BASE, mine, theirs) == mine.replace("học kỳ I", "học kỳ I và II")


def test_the_same_sentence_is_left_to_a_person():
    assert joined_text(BASE, BASE.replace("góp ý", "đồng ý"), BASE.replace("góp ý", "không đồng ý")) is None


def test_both_write_into_an_empty_text():
    assert joined_text("", "Lời tôi.", "Lời bạn.") is None


def test_both_write_at_the_end():
    assert joined_text(BASE, f"{BASE} Một.", f"{BASE} Hai.") is None


def test_the_same_words_of_both_are_there_once():
    assert joined_text("", "Một.", "Một.") == "Một."


def test_a_code_is_not_cut_in_the_middle():
    mine, theirs = BASE.replace("MC.1.3.01", "MC.1.3.02"), BASE.replace("kế hoạch (MC", "đủ kế hoạch (MC")
    assert joined_text(BASE, mine, theirs) is None


def test_requirements_are_joined_one_by_one():
    one, two = {"code": "1.3.M1.a", "judged": "met"}, {"code": "1.3.M1.b", "judged": "not_met"}
    assert joined_by_code([], [one], [two]) == [two, one]
    assert joined_by_code([one], [], [one, two]) == [two]
    assert joined_by_code([], [one], [{**one, "judged": "not_met"}]) is None


def test_lines_are_joined():
    assert joined_lines(["a", "b", "c"], ["a1", "b", "c"], ["a", "b", "c1"]) == ["a1", "b", "c1"]


sentences = st.lists(st.sampled_from(["Một. ", "Hai. ", "Ba. ", "Bốn.\n", "Năm "]), max_size=7).map("".join)


@given(sentences, sentences, sentences)
def test_no_new_sentence_of_either_is_lost(base, mine, theirs):
    both = joined_text(base, mine, theirs)
    if both is None:
        assert mine not in (base, theirs)
        assert theirs != base
        return
    for sentence in {one for text in (mine, theirs) for one in text.replace("\n", " ").split() if one not in base}:
        assert sentence in both
    assert joined_text(base, theirs, mine) == both  # whoever is second


@given(sentences, sentences)
def test_who_changed_nothing_gets_what_the_other_wrote(base, theirs):
    assert joined_text(base, base, theirs) == theirs
    assert joined_text(base, theirs, base) == theirs
