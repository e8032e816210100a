"""What stands in a picture: round numbers as they are written in Vietnam, words whole, colours of the page or its own."""

from __future__ import annotations

import pytest

from caitien.drawing import BarPicture, BarRow, Key, Month, MonthPicture, Segment, Track, draw_bars, draw_months
from caitien.drawing.lettering import width_of, wrapped
from caitien.drawing.scale import Scale, in_unit, number, ticks_for, unit_for
from drawing.svg import parsed, size, words

LONG = "Tiêu chuẩn 4. Mối quan hệ giữa nhà trường, gia đình và xã hội"


def by_standard(**more) -> BarPicture:
    return BarPicture(
        name="theo-tieu-chuan",
        title="Tiến độ theo tiêu chuẩn",
        description="5 trong 12 mục đã hoàn thành.",
        rows=[BarRow(LONG, [Track([Segment("done", 5, "5"), Segment("overdue", 7, "7")], "5/12")])],
        keys=[Key("done", "hoàn thành"), Key("overdue", "quá hạn")],
        unit="số mục",
        **more,
    )


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 12, (0, 2, 4, 6, 8, 10, 12)),
        (0, 13, (0, 5, 10, 15)),
        (0, 1, (0, 1)),
        (0, 0, (0, 1)),
        (0, 27_499_000, (0, 5_000_000, 10_000_000, 15_000_000, 20_000_000, 25_000_000, 30_000_000)),
        (-3, 8, (-4, -2, 0, 2, 4, 6, 8)),
    ],
)
def test_numbers_on_an_axis_are_round_and_enclose_the_values(low, high, ticks):
    assert ticks_for(low, high, 7) == ticks


def test_counts_have_no_halves():
    assert ticks_for(0, 2, 7) == (0, 1, 2)


def test_a_value_outside_of_the_scale_stands_at_its_end():
    assert Scale((0, 10), 200).place(5) == 100
    assert Scale((0, 10), 200).place(11) == 200
    assert Scale((0, 10), 200).place(-1) == 0


@pytest.mark.parametrize(
    ("value", "words_"),
    [(1234567, "1.234.567"), (0, "0"), (-1500, "-1.500"), (10**15, "1·10^15"), (25 * 10**17, "2,5·10^18")],
)
def test_numbers_are_written_as_in_vietnam(value, words_):
    assert number(value) == words_


def test_money_is_counted_in_the_unit_in_which_it_is_short():
    unit, name = unit_for(27_499_000)
    assert name == "triệu đồng"
    assert [in_unit(amount, unit) for amount in (27_499_000, 8_250_000, 500_000, 0)] == ["27,5", "8,3", "0,5", "0"]
    assert unit_for(0)[1] == "đồng"
    assert unit_for(2_800_000_000)[1] == "tỷ đồng"


def test_a_long_name_is_wrapped_and_whole():
    for width in (320.0, 460.0, 760.0):
        said = words(parsed(draw_bars(by_standard(), width)))
        assert " ".join(line for line in said if line in LONG and len(line) > 2) == LONG


def test_lines_are_no_wider_than_they_may_be():
    lines = wrapped(f"{LONG} {'ơ' * 80}", 150, 13)
    assert all(width_of(line, 13) <= 150 for line in lines)
    assert "".join(lines).replace(" ", "") == f"{LONG}{'ơ' * 80}".replace(" ", "")


def test_counts_stand_upon_their_bars_and_after_them():
    said = words(parsed(draw_bars(by_standard(), 460.0)))
    assert {"5", "7", "5/12", "hoàn thành", "quá hạn", "số mục"} <= set(said)


def test_a_picture_says_its_title_and_what_it_shows_to_who_cannot_see_it():
    root = parsed(draw_bars(by_standard()))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "theo-tieu-chuan-t theo-tieu-chuan-d"
    assert (root[0].text, root[1].text) == ("Tiến độ theo tiêu chuẩn", "5 trong 12 mục đã hoàn thành.")


def test_in_a_page_the_colours_are_those_of_the_theme():
    svg = draw_bars(by_standard())
    assert 'class="ink-done"' in svg
    assert "style=" not in svg
    assert "<style" not in svg
    assert "#176b45" not in svg


def test_a_file_of_its_own_has_its_colours_its_title_and_its_size():
    svg = draw_bars(by_standard(), 760.0, alone=True)
    root = parsed(svg)
    assert "#176b45" in svg
    assert "Tiến độ theo tiêu chuẩn" in words(root)
    assert (float(root.attrib["width"]), float(root.attrib["height"])) == size(root)
    assert 'fill="#ffffff"' in svg


def test_late_and_running_have_a_texture_for_copies_without_colour():
    svg = draw_bars(by_standard())
    assert '<pattern id="theo-tieu-chuan-dots"' in svg
    assert 'fill="url(#theo-tieu-chuan-dots)"' in svg


def test_words_are_words_and_never_elements():
    row = BarRow("<script>alert(1)</script> & “A”", [Track([Segment("done", 1)])])
    svg = draw_bars(BarPicture("x", "<b>", "&", [row]), 760.0)
    assert "<script" not in svg
    assert "<script>alert(1)</script> & “A”" in words(parsed(svg))


def test_what_is_less_than_nothing_goes_to_the_left():
    picture = BarPicture("tien", "", "", [BarRow("Hoàn trả", [Track([Segment("spent", -5)], "-5")])])
    said = words(parsed(draw_bars(picture, 460.0)))
    assert "-5" in said
    assert "0" in said


def test_nothing_says_so():
    assert words(parsed(draw_bars(BarPicture("x", "", "", [], nothing="Chưa có mục nào.")))) == ["Chưa có mục nào."]


def months(count: int) -> MonthPicture:
    made = [Month(f"T{n + 1}", str(n + 1), "2025" if n < 5 else "2026", (n + 4, n), n == 3) for n in range(count)]
    return MonthPicture("thang", "Theo tháng", "…", made, (Key("load", "đang thực hiện"), Key("due", "đến hạn")))


def test_each_month_has_its_name_and_each_year_is_written_once():
    said = words(parsed(draw_months(months(12), 460.0)))
    assert [word for word in said if word.startswith("T")] == [f"T{n}" for n in range(1, 13)]
    assert (said.count("2025"), said.count("2026")) == (1, 1)


def test_months_without_room_for_long_names_have_short_ones_all_of_them():
    said = words(parsed(draw_months(months(14), 320.0)))
    assert not any(word.startswith("T") for word in said)
    assert "14" in said
