"""Files of ten years ago in TCVN3 and VNI: their words are found as if they were Unicode."""

from __future__ import annotations

from pathlib import Path

import pytest

from caitien.reading.legacy_text import to_unicode
from caitien.reading.words import file_words
from reading.bad_input import bad_files as bad

SAID = (
    "Quyết định thành lập hội đồng tự đánh giá của trường, đã được phê duyệt; ưỡn ẹo, nghỉ Tết, kỹ năng sống, ủy quyền"
)
TCVN3 = "QuyÕt ®Þnh thµnh lËp héi ®ång tù ®¸nh gi¸ cña tr­êng, ®· ®­îc phª duyÖt; ­ìn Ño, nghØ TÕt, kü n¨ng sèng, ñy quyÒn"
VNI = "Quyeát ñònh thaønh laäp hoäi ñoàng töï ñaùnh giaù cuûa tröôøng, ñaõ ñöôïc pheâ duyeät; öôõn eïo, nghæ Teát, kyõ naêng soáng, uûy quyeàn"


@pytest.mark.parametrize(("written", "encoding"), [(TCVN3, "TCVN3 (ABC)"), (VNI, "VNI")])
def test_each_letter_becomes_its_own(written: str, encoding: str) -> None:
    assert to_unicode(written, encoding) == SAID  # type: ignore[arg-type]


@pytest.mark.parametrize("written", [TCVN3, VNI])
def test_a_word_file_in_old_letters_gives_unicode_words(tmp_path: Path, written: str) -> None:
    body = f"<w:p><w:r><w:t>{written}</w:t></w:r></w:p>"
    assert "hội đồng tự đánh giá" in file_words(bad.docx(tmp_path / "a.docx", body)).text


def test_unicode_stays_as_it_is(tmp_path: Path) -> None:
    body = f"<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>"
    assert file_words(bad.docx(tmp_path / "a.docx", body)).text == SAID
