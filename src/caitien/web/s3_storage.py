"""Files in an S3 bucket, private, streamed both ways. Loaded only where the settings name a bucket."""

from __future__ import annotations

from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

_MB = 1024 * 1024
_ATTEMPTS = 4
_SECONDS_TO_CONNECT, _SECONDS_TO_READ = 10, 60


class S3Files(S3Storage):
    """As the folder does it: a name that is taken is not written over; no more than a few MB of a file are in memory."""

    def get_default_settings(self) -> dict[str, Any]:
        return (
            super().get_default_settings()
            | {
                "file_overwrite": False,
                "default_acl": None,  # private: files are served by our views, which ask who asks
                "max_memory_size": 2 * _MB,  # more goes to a temporary file
                "transfer_config": TransferConfig(
                    multipart_threshold=8 * _MB, multipart_chunksize=8 * _MB, use_threads=False
                ),
                "client_config": Config(
                    s3={"addressing_style": "path"},  # the names of buckets of own servers have no DNS
                    signature_version="s3v4",
                    request_checksum_calculation="when_required",  # servers other than Amazon's do not all know the newer sums
                    response_checksum_validation="when_required",
                    retries={"max_attempts": _ATTEMPTS, "mode": "standard"},
                    connect_timeout=_SECONDS_TO_CONNECT,
                    read_timeout=_SECONDS_TO_READ,
                ),
            }
        )

    def part(self, name: str, first: int, last: int) -> Any:
        """A stream of the bytes from `first` to `last` as they come from there; nothing is put down on this machine first."""
        kept = self.bucket.Object(self._normalize_name(clean_name(name)))
        return kept.get(Range=f"bytes={first}-{last}")["Body"]
