"""Sends files as the page's script does: the tus protocol, spoken through Django's test client."""

from __future__ import annotations

import base64
from typing import Any

from django.test import Client
from django.urls import reverse

PIECE = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0", "Accept": "application/json"}


def metadata(**said: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items())


class Sender:
    """One browser that sends to one school."""

    def __init__(self, client: Client, school: Any) -> None:
        self.client, self.school = client, school

    def begin(self, name: str, size: int | str, **said: str) -> Any:
        heads = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata(filename=name, **said)}
        return self.client.post(reverse("evidence:upload_new", args=[self.school.slug]), headers=heads)

    def begin_with(self, name: str, content: bytes, first: bytes, **said: str) -> Any:
        """Begins, and sends the first bytes along."""
        heads = {**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": metadata(filename=name, **said)}
        address = reverse("evidence:upload_new", args=[self.school.slug])
        return self.client.generic("POST", address, first, content_type=PIECE, headers=heads)

    def send(self, address: str, offset: int, body: bytes, **heads: str) -> Any:
        return self.client.generic("PATCH", address, body, content_type=PIECE, headers={**TUS, "Content-Type": PIECE, "Upload-Offset": str(offset), **heads})  # fmt: skip

    def offset(self, address: str) -> int:
        return int(self.client.head(address, headers=TUS).headers["Upload-Offset"])

    def whole(self, name: str, content: bytes, piece: int = 1 << 20, **said: str) -> Any:
        """All of a file in pieces. The last answer."""
        answer = self.begin(name, len(content), **said)
        if answer.status_code != 201:
            return answer
        address = answer.headers["Location"]
        for at in range(0, len(content), piece):
            answer = self.send(address, at, content[at : at + piece])
        return answer
