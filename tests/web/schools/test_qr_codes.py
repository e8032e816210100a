"""The drawing of a QR code is the code, module for module."""

from __future__ import annotations

import re

import pytest

from caitien.web.schools.qr import QUIET, qr


@pytest.mark.parametrize("text", ["https://cai-tien.example.edu.vn/moi/" + "a" * 43 + "/", "x", "Trường học " * 9])
def test_every_dark_module_is_drawn_and_no_other(text):
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    drawn = str(qr(text, "mã"))
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", drawn)
    dark = {
        (x, int(y))
        for start, y, length, back in runs
        for x in range(int(start), int(start) + int(length))
        if start == back
    }
    assert dark == {(x, y) for y, row in enumerate(code.get_matrix()) for x, is_dark in enumerate(row) if is_dark}
    side = len(code.get_matrix())
    assert f'viewBox="0 0 {side} {side}"' in drawn


def test_it_needs_no_style_and_has_a_name():
    drawn = str(qr("x", "Mã QR của <lời mời>"))
    assert "style" not in drawn
    assert 'aria-label="Mã QR của &lt;lời mời&gt;"' in drawn
