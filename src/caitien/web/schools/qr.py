"""A QR code as a drawing that stands in the page: no file, no style, black on white in the dark theme too."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks


def qr(text: str, label: str) -> SafeString:
    """The text as an SVG. `label`: what a screen reader says."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    side = len(rows)
    runs = "".join(
        f"M{start} {y}h{end - start}v1H{start}z" for y, row in enumerate(rows) for start, end in _dark_runs(row)
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}" shape-rendering="crispEdges">'
        '<rect width="{}" height="{}" fill="#fff"/><path fill="#000" d="{}"/></svg>',
        side, side, label, side, side, runs,
    )  # fmt: skip


def _dark_runs(row: list[bool]) -> list[tuple[int, int]]:
    found, start = [], None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append((start, x))
            start = None
    return found
