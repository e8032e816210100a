"""Photographs that come with a progress entry: looked at by content, made smaller without where and with what they were
taken, kept in the storage once by content.

What the sender's browser says of a file (its name, its type) is never believed. The picture is decoded only after its
size in pixels is known, so that a small file that unpacks to a huge one costs nothing.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from threading import Lock
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from caitien.web.plans.models import ProgressEntry, ProgressPhoto, photo_path

MOST_PHOTOS = 10  # in one report
MOST_BYTES = 12 * 1024 * 1024  # of a photograph as it is sent
MOST_ALL_BYTES = MOST_PHOTOS * MOST_BYTES + 256 * 1024  # of a whole report
MOST_PIXELS = 40_000_000  # a phone of 2026 has 12 to 50 million and sends 12
LONGEST_SIDE, SMALL_SIDE = 1600, 320  # pixels, of the picture kept and of the one in a list
QUALITY, SMALL_QUALITY = 82, 72
MOST_SCANS = (
    100  # passes of a progressive JPEG: cameras write about ten; 100 kB can hold a thousand, each of 36 million pixels
)
FORMATS = ("JPEG", "PNG", "WEBP")  # a JPEG of several pictures (MPO, some phones) is opened as its first
PLUGINS = ("JpegImagePlugin", "MpoImagePlugin", "PngImagePlugin", "WebPImagePlugin")
CONTENT_TYPE = "image/jpeg"
JPEG, SCAN = b"\xff\xd8", b"\xff\xda"
TURNED = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
"""How a phone was held (Exif tag 274) -> how the picture is turned upright."""
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
MEGABYTE = 1024 * 1024
_one_at_a_time = Lock()  # of 40 million pixels, 160 MB each


class BadPhoto(ValueError):
    """A file that is not taken. `str()` is the sentence for who sent it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photograph ready to be kept: JPEG bytes of it and of its small one."""

    content: bytes
    small: bytes
    sha256: str
    width: int
    height: int
    name: str


def prepare(files: Sequence[Any]) -> list[Prepared]:
    """The files of a form as photographs, each once. Raises BadPhoto for the first that cannot be taken."""
    if len(files) > MOST_PHOTOS:
        raise BadPhoto(
            _("Một lần gửi được nhiều nhất %(most)s ảnh, lần này có %(count)s. Hãy bỏ bớt, rồi gửi tiếp ở lần sau.")
            % {"most": MOST_PHOTOS, "count": len(files)}
        )
    found: dict[str, Prepared] = {}
    for file in files:
        photo = _prepared(file)
        found.setdefault(photo.sha256, photo)
    return list(found.values())


@contextmanager
def whole() -> Iterator[list[str]]:
    """Gives the list for `keep` to name its files in; when what is done within fails, they are taken away again."""
    made: list[str] = []
    try:
        yield made
    except BaseException:
        for path in made:
            with suppress(OSError):
                default_storage.delete(path)
        raise


def keep(entry: ProgressEntry, photos: Iterable[Prepared], made: list[str]) -> None:
    """Stores the photographs and their rows. Raises OSError when the storage refuses (a full disk).

    Call inside the transaction that makes the entry, and that inside `whole()`: files know no transaction.
    """
    for photo in photos:
        row = ProgressPhoto(
            school=entry.school,
            entry=entry,
            content_type=CONTENT_TYPE,
            size=len(photo.content),
            sha256=photo.sha256,
            width=photo.width,
            height=photo.height,
            name=photo.name,
        )
        row.content.name = _write(photo_path(row, photo.name), photo.content, made)
        _write(small_path(row.content.name), photo.small, made)
        row.save()


def remove(photo: ProgressPhoto) -> None:
    """Takes a photograph away for good: its row, and its file when no other row shows the same."""
    path = photo.content.name
    school = photo.school_id
    photo.delete()
    if not ProgressPhoto.objects.for_school(school).filter(content=path).exists():
        transaction.on_commit(lambda: _forget(path))


def small_path(path: str) -> str:
    """Where the small picture of a photograph is kept."""
    return f"{path}-nho"


def too_large(size: int) -> str:
    """The sentence for a photograph that weighs too much."""
    return _(
        "Ảnh nặng %(size)s MB, vượt mức %(most)s MB. Hãy chụp lại ở cỡ nhỏ hơn, hoặc gửi ảnh qua Zalo cho chính mình rồi tải về: ảnh sẽ nhẹ đi."
    ) % {
        "size": size // MEGABYTE,
        "most": MOST_BYTES // MEGABYTE,
    }


def _prepared(file: Any) -> Prepared:
    from PIL import Image, UnidentifiedImageError

    for plugin in PLUGINS:  # these and no other: what nobody loaded is not decoded
        import_module(f"PIL.{plugin}")
    name = str(getattr(file, "name", "") or "")[:255]
    if file.size > MOST_BYTES:
        raise BadPhoto(_named(name, too_large(file.size)))
    if not file.size:
        raise BadPhoto(_named(name, _("Ảnh rỗng, có lẽ mạng bị ngắt lúc tải lên. Hãy chọn lại ảnh.")))
    file.seek(0)
    head = file.read(32)
    file.seek(0)
    if head.startswith(JPEG) and file.read().count(SCAN) > MOST_SCANS:
        raise BadPhoto(_named(name, _("Ảnh bị hỏng hoặc bị cắt giữa chừng. Hãy chọn lại ảnh, hoặc chụp lại.")))
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(file, formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise BadPhoto(_named(name, _too_many_pixels()))
            with _one_at_a_time:
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at a fraction of its size
                image.load()
                if image.mode in ("P", "PA", "1"):
                    image = image.convert("RGBA" if "transparency" in image.info else "RGB")
                image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before anything copies it at its full size
            flat = _on_white(_upright(image))
            content = _jpeg(flat, QUALITY)
            little = flat.copy()
            little.thumbnail((SMALL_SIDE, SMALL_SIDE))
    except BadPhoto:
        raise
    except Image.DecompressionBombError:
        raise BadPhoto(_named(name, _too_many_pixels())) from None
    except UnidentifiedImageError:
        raise BadPhoto(_named(name, _unknown(head))) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise BadPhoto(
            _named(name, _("Ảnh bị hỏng hoặc bị cắt giữa chừng. Hãy chọn lại ảnh, hoặc chụp lại."))
        ) from None
    return Prepared(content, _jpeg(little, SMALL_QUALITY), hashlib.sha256(content).hexdigest(), *flat.size, name)


def _too_many_pixels() -> str:
    return _("Ảnh có quá %s triệu điểm ảnh. Hãy chụp ở cỡ nhỏ hơn.") % (MOST_PIXELS // 1_000_000)


def _upright(image: Any) -> Any:
    """The picture as it was seen. What a broken camera or a joker wrote beside it is no reason to refuse it."""
    from PIL import Image

    try:
        turned = TURNED.get(image.getexif().get(274))
    except Exception:  # Pillow's reader of Exif raises whatever it stumbles over: struct.error, TypeError, KeyError, …
        return image
    return image.transpose(Image.Transpose[turned]) if turned else image


def _on_white(image: Any) -> Any:
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        flat = Image.new("RGB", layered.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
        return flat
    return image.convert("RGB")


def _jpeg(image: Any, quality: int) -> bytes:
    """The picture anew: nothing of the file that was sent is in it but what one sees."""
    image.info.clear()
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()


def _unknown(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        if head[8:12] in HEIC_BRANDS:
            return _(
                "Ảnh chụp ở dạng HEIC của iPhone, máy chủ chưa đọc được. Trên iPhone: Cài đặt, Camera, Định dạng, chọn "
                "“Tương thích nhất” rồi chụp lại; hoặc gửi ảnh chụp màn hình của ảnh đó."
            )
        return _("Tệp là phim, không phải ảnh. Hãy chụp ảnh, hoặc ghi chỗ lưu phim vào phần “Đã làm gì”.")
    if head.startswith(b"%PDF"):
        return _("Tệp là PDF, không phải ảnh. Hãy chụp ảnh trang cần gửi, hoặc ghi chỗ lưu tệp ở phần minh chứng.")
    return _("Tệp không phải là ảnh JPEG, PNG hay WebP. Hãy chọn ảnh chụp bằng điện thoại hoặc máy ảnh.")


def _named(name: str, sentence: str) -> str:
    return f"“{name}”: {sentence}" if name else sentence


def _write(path: str, content: bytes, made: list[str]) -> str:
    """Keeps the bytes at the path; what is there already with the same content is left as it is."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(content):
            return path
        default_storage.delete(path)  # left half written by a server that was stopped
    made.append(path)
    return str(default_storage.save(path, ContentFile(content)))


def _forget(path: str) -> None:
    for one in (path, small_path(path)):
        with suppress(OSError):
            default_storage.delete(one)
