"""The same bytes every time: DOCX and XLSX are ZIP archives, and their writers stamp them with the clock."""

from __future__ import annotations

import io
import re
import zipfile

_EPOCH = (2026, 1, 1, 0, 0, 0)


def settled(data: bytes) -> bytes:
    """The archive with fixed times, in a fixed order of members."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            out.writestr(info, content)
    return target.getvalue()
