"""Files that call themselves photographs: bombs of passes, broken notes beside the picture, other kinds in a picture's skin."""

from __future__ import annotations

import io
import struct
import time
from contextlib import suppress

import pytest
from django.urls import reverse
from PIL import Image

from caitien.web.plans import photos
from caitien.web.plans.models import ProgressPhoto


class Sent(io.BytesIO):
    """A file as a form sends it."""

    def __init__(self, content: bytes, name: str = "anh.jpg") -> None:
        super().__init__(content)
        self.size, self.name = len(content), name


def photograph(orientation: int = 6, **more) -> bytes:
    """30 × 20, taken somewhere, with a thing or two written beside it."""
    image = Image.new("RGB", (30, 20), "red")
    image.paste("blue", (0, 0, 15, 20))
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = orientation, "May Anh Cua Toi"
    notes.get_ifd(0x8825).update({1: "N", 2: (21.0, 2.0, 3.0), 3: "E", 4: (104.0, 1.0, 2.0)})
    written = io.BytesIO()
    image.save(written, "JPEG", exif=notes.tobytes(), **more)
    return written.getvalue()


def many_passes(passes: int, side: int = 6000) -> bytes:
    """A progressive JPEG of 36 million grey pixels in a few kB, which is gone over `passes` times."""
    blocks = ((side + 7) // 8) ** 2

    def a_pass(first: int, last: int, data: bytes) -> bytes:
        return b"\xff\xda" + struct.pack(">HB", 8, 1) + bytes([1, 0, first, last, 0]) + data

    one_code = bytes([1] + [0] * 15)
    runs = "".join("0" + "1" * 14 for _ in range((blocks + 32_766) // 32_767))
    runs += "1" * (-len(runs) % 8)
    empty = bytes(int(runs[i : i + 8], 2) for i in range(0, len(runs), 8)).replace(b"\xff", b"\xff\x00")
    return b"".join(
        (
            b"\xff\xd8\xff\xdb" + struct.pack(">HB", 67, 0) + bytes([1] * 64),
            b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, side, side, 1) + bytes([1, 0x11, 0]),
            b"\xff\xc4" + struct.pack(">HB", 20, 0x00) + one_code + bytes([0]),
            b"\xff\xc4" + struct.pack(">HB", 20, 0x10) + one_code + bytes([0xE0]),
            a_pass(0, 0, bytes((blocks + 7) // 8)),
            a_pass(1, 63, empty) * passes,
            b"\xff\xd9",
        )
    )


def test_a_picture_of_a_thousand_passes_is_refused_before_it_is_looked_at():
    """130 kB that cost four seconds, 12 MB that cost minutes, while nobody else's photograph is taken."""
    began = time.monotonic()
    with pytest.raises(photos.BadPhoto, match="hỏng"):
        photos.prepare([Sent(many_passes(1000))])
    assert time.monotonic() - began < 0.5


def test_an_ordinary_progressive_picture_is_taken():
    assert photos.prepare([Sent(photograph(progressive=True))])[0].width == 20


@pytest.mark.parametrize("orientation", [0, 1, 6, 8, 9, 65535])
def test_what_is_written_beside_a_picture_is_gone_and_how_it_was_held_is_heeded(orientation):
    taken = photos.prepare([Sent(photograph(orientation))])[0]
    assert (taken.width, taken.height) == ((20, 30) if orientation in (6, 8) else (30, 20))
    for content in (taken.content, taken.small):
        assert b"Exif" not in content
        assert b"May Anh" not in content
        assert not Image.open(io.BytesIO(content)).getexif()
    red, _green, blue = Image.open(io.BytesIO(taken.content)).getpixel((5, 2))
    assert (blue > red) == (orientation != 8), "the blue half is at the left of the picture, and where it is turned to"


@pytest.mark.parametrize("at", range(0, 200, 3))
def test_broken_notes_are_no_fault_of_the_server(at):
    """Each place of the notes broken in turn: taken, or refused with a sentence."""
    whole = bytearray(photograph())
    start = whole.index(b"Exif") + 6 + at
    for value in (0, 2, 255):
        whole[start % len(whole)] = value
        with suppress(photos.BadPhoto):
            photos.prepare([Sent(bytes(whole))])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "x.jpg"),
        (b"GIF89a" + b"\0" * 60, "x.jpg"),
        (b"%PDF-1.7 ", "../../../etc/x.jpg"),
        (b"<html><script>alert(1)</script>", "x.png"),
        (b"II*\0" + b"\0" * 60, "x.jpg"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "x.jpg"),
        (b"\xff\xd8", "x.jpg"),
    ],
)
def test_what_is_no_photograph_is_not_kept_by_its_name(content, name):
    with pytest.raises(photos.BadPhoto):
        photos.prepare([Sent(content, name)])


def test_a_page_hidden_behind_a_picture_does_not_survive_and_is_served_as_a_picture_only(
    browser, plan, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    action = plan.actions.first()
    keys = {"school": plan.school.slug, "plan": plan.pk, "action": action.pk}
    both = Sent(photograph() + b"<script>alert(1)</script>", '"><script>alert(1)</script>.html')
    page = browser.get(reverse("plans:progress", kwargs=keys)).content.decode()
    key = page.split('name="key"')[1].split('value="')[1].split('"')[0]
    sent = {"key": key, "status": "in_progress", "on": "20/11/2025", "photos": both}
    assert browser.post(reverse("plans:progress", kwargs=keys), sent).status_code == 302
    kept = ProgressPhoto.objects.get()
    assert kept.content.name == f"photos/{plan.school_id}/{kept.sha256}"
    shown = browser.get(reverse("plans:photo", kwargs=keys | {"photo": kept.pk}))
    content = b"".join(shown.streaming_content)
    assert b"<script" not in content
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown.headers["Cache-Control"].startswith("private")
    assert "<script>alert" not in browser.get(reverse("plans:action", kwargs=keys)).content.decode()
