"""A cell of people to names and posts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.plan.people import split_people, split_roles
from caitien.plan.text import squash


@pytest.mark.parametrize(
    ("printed", "wrapped", "people"),
    [
        ("Hiệu trưởng,Phó hiệu trưởng, GVCN", False, ["Hiệu trưởng", "Phó hiệu trưởng", "GVCN"]),
        ("Lê \nVăn \nTám; \nTrần \nThị Chín", True, ["Lê Văn Tám", "Trần Thị Chín"]),
        ("Lê Văn Tám (Hiệu trưởng, Chủ tịch HĐ); Chín", False, ["Lê Văn Tám (Hiệu trưởng, Chủ tịch HĐ)", "Chín"]),
        ("Hiệu trưởng\nPhó Hiệu trưởng\nKế toán", False, ["Hiệu trưởng", "Phó Hiệu trưởng", "Kế toán"]),
        ("- Hiệu trưởng;\n- Tổ trưởng", False, ["Hiệu trưởng", "Tổ trưởng"]),
        ("Lê Văn Tám\nTrần Thị Chín", True, ["Lê Văn Tám", "Trần Thị Chín"]),
        ("Phó hiệu\ntrưởng", True, ["Phó hiệu trưởng"]),
        ("Hiệu trưởng và các tổ trưởng", False, ["Hiệu trưởng và các tổ trưởng"]),
        ("Chưa phân công", False, []),
    ],
)
def test_people_are_told_apart(printed: str, wrapped: bool, people: list[str]) -> None:
    assert split_people(printed, wrapped=wrapped) == people


@pytest.mark.parametrize(
    "printed",
    [
        "Chủ trì: Hiệu trưởng\nPhối hợp: Công đoàn, Đoàn đội",
        "Hiệu trưởng. Đơn vị phối hợp: Công đoàn; Đoàn đội",
        "Hiệu trưởng (phối hợp với Công đoàn, Đoàn đội)",
    ],
)
def test_those_who_help_stand_apart(printed: str) -> None:
    lead, others = split_roles(printed)
    assert [person.rstrip(".") for person in lead] == ["Hiệu trưởng"]
    assert others == ["Công đoàn", "Đoàn đội"]


@given(st.text(alphabet="ABc ;,()-\nđ", max_size=40), st.booleans())
def test_no_word_is_invented_or_repeated(text: str, wrapped: bool) -> None:
    assert len("".join(map(squash, split_people(text, wrapped=wrapped)))) <= len(squash(text))
