"""The list by name stands as a Vietnamese dictionary would have it, whatever the database sorts by."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.plan.text import sort_key
from caitien.web.evidence.codes import order_of
from caitien.web.evidence.models import Evidence
from caitien.web.evidence.name_order import name_order
from web.evidence.rows import make_evidence

IN_ORDER = [
    "Án phí",
    "Ăn trưa",
    "Ấn phẩm",
    "Ban",
    "Bản",
    "Bàn tròn",
    "Danh sách",
    "Đề án",
    "Quyết định",
    "Quyết định 2",
]


def test_the_database_sorts_by_it(school):
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    for name in shuffled:
        make_evidence(school, name)
    found = Evidence.objects.for_school(school).order_by("name_order").values_list("name", flat=True)
    assert list(found) == IN_ORDER


def test_a_new_name_is_a_new_place(school, secretary):
    from caitien.web.evidence import services

    row = make_evidence(school, "Zoom")
    services.save_fields(school, row.pk, {"name": "Ảnh"}, seen=row.version, user=secretary)
    assert Evidence.objects.get(pk=row.pk).name_order == name_order("Ảnh")


@given(st.lists(st.text("aăâbcdđeêzAĂĐáàảãạốờửưỡ 0129-./", max_size=60), max_size=12))
def test_digits_sort_as_the_names_do(names):
    assert sorted(names, key=name_order) == sorted(names, key=lambda name: _by_kinds(name))


def _by_kinds(name: str):
    """`sort_key`, with all signs alike and before digits: what 160 digits can tell."""
    letters, tones = sort_key(name)
    plain = [
        (kind, place) if kind == 1 or chr(place).isdigit() else (kind, 1 if place == 32 else 2)
        for kind, place in letters
    ]
    return [(kind, place if chr(place).isdigit() or kind == 1 else place - 100) for kind, place in plain], tones


def test_it_fits_its_column_however_long_the_name_is():
    assert max(len(name_order("ế" * length)) for length in (1, 80, 81, 5000)) <= 200


@pytest.mark.parametrize("code", ["MC.1.1.01", "[H1-1.1-01]"])
def test_evidence_without_a_code_stands_last_in_any_collation(code):
    assert order_of(code).lower() < order_of("").lower()
    assert order_of("").isalnum()
