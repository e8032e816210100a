"""Where uploaded files are kept: a folder, or an S3 bucket when this installation is told of one. Imports no Django.

Environment: CAITIEN_S3_BUCKET, CAITIEN_S3_KEY, CAITIEN_S3_SECRET; CAITIEN_S3_ENDPOINT (of MinIO, Garage, Ceph, Viettel, …;
none: Amazon), CAITIEN_S3_REGION. Nothing of S3 is imported without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from caitien.errors import CaiTienError

FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
_NEEDED = ("CAITIEN_S3_BUCKET", "CAITIEN_S3_KEY", "CAITIEN_S3_SECRET")
_NAMED = (*_NEEDED, "CAITIEN_S3_ENDPOINT", "CAITIEN_S3_REGION")


class StorageSettingsError(CaiTienError, ValueError):
    """The settings of S3 are half there, or what they need is not installed: said when the server starts."""


def default_storage(environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's STORAGES["default"]. Raises StorageSettingsError."""
    said = {name: environment.get(name, "").strip() for name in _NAMED}
    if not any(said.values()):
        return FOLDER
    if missing := [name for name in _NEEDED if not said[name]]:
        raise StorageSettingsError(f"Để lưu tệp ở S3 còn thiếu: {', '.join(missing)} (hoặc bỏ hết CAITIEN_S3_*).")
    endpoint = said["CAITIEN_S3_ENDPOINT"].rstrip("/") or None
    if endpoint and (urlsplit(endpoint).scheme not in ("http", "https") or not urlsplit(endpoint).netloc):
        raise StorageSettingsError(f"CAITIEN_S3_ENDPOINT phải là một địa chỉ https://…, không phải “{endpoint}”.")
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise StorageSettingsError("Để lưu tệp ở S3 cần thêm thư viện: pip install -r requirements/s3.txt")
    return {
        "BACKEND": "caitien.web.s3_storage.S3Files",
        "OPTIONS": {
            "bucket_name": said["CAITIEN_S3_BUCKET"],
            "access_key": said["CAITIEN_S3_KEY"],
            "secret_key": said["CAITIEN_S3_SECRET"],
            "endpoint_url": endpoint,
            "region_name": said["CAITIEN_S3_REGION"] or ("us-east-1" if endpoint else None),
        },
    }
