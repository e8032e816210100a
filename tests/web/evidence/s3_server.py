"""An S3 server of our own: moto's, a process on this machine that speaks S3 over HTTP and keeps nothing."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

KEY, SECRET, REGION = "khoa-thu", "mat-khau-thu", "us-east-1"


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of a server that lives as long as the block."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                if time.monotonic() > until or server.poll() is not None:
                    raise
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


def settings_of(address: str, bucket: str) -> dict[str, str]:
    """The environment with which Cải Tiến keeps its files there; the bucket is made."""
    import boto3

    client = boto3.client("s3", endpoint_url=address, aws_access_key_id=KEY, aws_secret_access_key=SECRET, region_name=REGION)  # fmt: skip
    client.create_bucket(Bucket=bucket)
    return {
        "CAITIEN_S3_BUCKET": bucket,
        "CAITIEN_S3_KEY": KEY,
        "CAITIEN_S3_SECRET": SECRET,
        "CAITIEN_S3_ENDPOINT": address,
        "CAITIEN_S3_REGION": REGION,
    }
