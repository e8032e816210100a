"""A small OpenID Connect provider on this machine: it answers as the standard says, over real HTTP."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CLIENT = "cai-tien"


class Provider:
    """Discovery, token and userinfo. `claims`: who signs in next."""

    def __init__(self, claims: dict[str, Any]) -> None:
        provider = self
        self.claims = claims
        self.tokens_asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.endswith("/.well-known/openid-configuration"):
                    self._answer(provider.configuration())
                elif self.path.startswith("/userinfo"):
                    self._answer(provider.claims)
                else:
                    self._answer({}, 404)

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                provider.tokens_asked.append(sent)
                self._answer({"access_token": "t", "token_type": "Bearer", "id_token": provider.id_token()})

            def _answer(self, value: dict[str, Any], status: int = 200) -> None:
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def id_token(self) -> str:
        import jwt

        now = int(time.time())
        return jwt.encode({"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}, "k" * 32)

    def stop(self) -> None:
        self.server.shutdown()
