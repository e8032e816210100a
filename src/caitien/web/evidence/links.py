"""Whether a link of an evidence can be opened: asked of the network when somebody wants to know, never by itself.

The address comes from a person, so the question must not become a tool against this network: only http and https, only
ports of the web, every name is resolved by us, only public addresses are asked, the connection goes to the very address
that was looked at (no second look at the name), and every redirect is judged anew.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from django.utils.translation import gettext_noop

from caitien.web.evidence.models import Attachment

Reach = Attachment.Reach
MOST_HOPS = 6
SECONDS = 12.0  # for the whole question, all hops together
SECONDS_A_STEP = 6.0
PORTS = frozenset({80, 443, 8080, 8443})
_LOOKED_AT = 64 * 1024  # bytes of a page, to tell a sign-in page from a document
_HEADS = {
    "User-Agent": "CaiTien/1 (kiem tra duong dan)",
    "Accept": "*/*",
    "Accept-Language": "vi",
    "Connection": "close",
}
_SIGN_IN_HOSTS = (
    "accounts.google.com",
    "login.microsoftonline.com",
    "login.live.com",
    "login.microsoft.com",
    "www.dropbox.com",
)
_SIGN_IN_PATHS = (
    "/servicelogin",
    "/signin",
    "/login",
    "/oauth2",
    "/common/oauth2",
    "/accountchooser",
    "/v3/signin",
    "/dang-nhap",
)
_SIGN_IN_WORDS = (
    b"you need access",
    b"request access",
    b"accounts.google.com/servicelogin",
    b"b\xe1\xba\xa1n c\xe1\xba\xa7n c\xc3\xb3 quy\xe1\xbb\x81n truy c\xe1\xba\xadp",
)
"""In pages of Drive and OneDrive that answer 200 to say that one may not: English, and "bạn cần có quyền truy cập"."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_OTHER_WAYS_IN = tuple(map(ipaddress.ip_network, ("::/96", "64:ff9b:1::/48", "fec0::/10")))
"""IPv4 written as IPv6 in an old way, a network's own NAT64, the old private addresses: `is_global` takes them for public."""

_NOT_WEB = gettext_noop("Đường dẫn không phải địa chỉ web (http, https).")
_NOT_PUBLIC = gettext_noop("Đường dẫn chỉ tới máy trong mạng nội bộ, người ngoài trường không mở được.")
_NO_NAME = gettext_noop("Không có trang nào tên “%(host)s”; xem lại đường dẫn có bị gõ thiếu không.")
_NO_ANSWER = gettext_noop("Máy chủ ở đó không trả lời; thử lại sau.")
_TOO_SLOW = gettext_noop("Máy chủ ở đó trả lời quá chậm; thử lại sau.")
_BAD_CERTIFICATE = gettext_noop("Chứng chỉ bảo mật của trang không hợp lệ, trình duyệt sẽ cảnh báo người mở.")
_TOO_MANY_HOPS = gettext_noop("Đường dẫn chuyển tiếp vòng quanh, không tới đâu.")
_SIGN_IN = gettext_noop("Phải đăng nhập mới xem được. Nếu ở Drive: bấm Chia sẻ, chọn “Bất kỳ ai có đường liên kết”.")
_FORBIDDEN = gettext_noop("Trang không cho xem. Nếu ở Drive: bấm Chia sẻ, chọn “Bất kỳ ai có đường liên kết”.")
_GONE = gettext_noop("Không còn gì ở địa chỉ này (đã xóa hoặc chuyển chỗ).")
_THEIR_FAULT = gettext_noop("Máy chủ ở đó đang gặp lỗi (%(status)s); thử lại sau.")


@dataclass(frozen=True, slots=True)
class Answer:
    """`reach`: of `Attachment.Reach`; `note`: Vietnamese words that are stored; `where`: where it led."""

    reach: str
    note: str = ""
    where: str = ""


class _Refused(Exception):
    """The question ends here. `args`: the answer."""


def check(url: str, *, allowed: Callable[[str], bool] | None = None, seconds: float = SECONDS) -> Answer:
    """Whether `url` can be opened by anybody. Never raises. `allowed`: of an IP address (default: `is_public`)."""
    until = time.monotonic() + seconds
    at = url.strip()
    try:
        for _ in range(MOST_HOPS):
            status, lead, page = _asked(_parts(at), allowed or is_public, until)
            if status in (301, 302, 303, 307, 308) and lead:
                at = urljoin(at, lead)
                if _is_sign_in(urlsplit(at)):
                    return Answer(Reach.SIGN_IN, _SIGN_IN, at)
                continue
            return _read(status, page, at)
    except _Refused as refused:
        return refused.args[0]
    except ssl.SSLCertVerificationError:
        return Answer(Reach.NO_ANSWER, _BAD_CERTIFICATE, at)
    except TimeoutError:
        return Answer(Reach.NO_ANSWER, _TOO_SLOW, at)
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(Reach.NO_ANSWER, _NO_ANSWER, at)
    return Answer(Reach.NO_ANSWER, _TOO_MANY_HOPS, at)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network: not of this machine, a private network, a cloud's own services."""
    found: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if any(found in network for network in _OTHER_WAYS_IN):
            return False
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast


def _parts(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise _Refused(Answer(Reach.NO_ANSWER, _NOT_WEB, url))
    if (parts.port or 443) not in PORTS:
        raise _Refused(Answer(Reach.NO_ANSWER, _NOT_PUBLIC, url))
    return parts


def _asked(parts: SplitResult, allowed: Callable[[str], bool], until: float) -> tuple[int, str, bytes]:
    """(status, where it leads, the beginning of the page). GET and not HEAD: many servers answer HEAD with nonsense."""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    host = str(parts.hostname).encode("idna").decode("ascii")
    with closing(_connected(host, port, allowed, until)) as plain, _hung_up_at(until, plain) as wires:
        plain.settimeout(_left(until))
        wire = plain
        if secure:  # takes the socket over, before a word is said
            wire = ssl.create_default_context().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
            wires.append(wire)
        with closing(wire):
            if isinstance(wire, ssl.SSLSocket):
                wire.do_handshake()
            question = http.client.HTTPConnection(host, port)
            question.sock = wire
            path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            shown = f"[{host}]" if ":" in host else host
            heads = _HEADS | {
                "Host": shown if port in (80, 443) else f"{shown}:{port}",
                "Range": f"bytes=0-{_LOOKED_AT - 1}",
            }
            question.request("GET", quote(path, safe="/%?&=#:@!$'()*+,;~[]"), headers=heads)
            answer = question.getresponse()
            lead = answer.getheader("Location") or ""
            page = b"" if lead else _beginning(answer, wire, until)
            return answer.status, lead, page


@contextmanager
def _hung_up_at(until: float, plain: socket.socket) -> Iterator[list[socket.socket]]:
    """Ends the connection when the time is over, whatever is being read: a server that sends a letter of its head every few
    seconds would otherwise keep a thread for hours. Gives the list of sockets; the last one is in use."""
    wires = [plain]

    def hang_up() -> None:
        with suppress(OSError):
            socket.socket.shutdown(wires[-1], socket.SHUT_RDWR)  # of TLS too without its farewell, which would wait

    timer = threading.Timer(max(0.0, until - time.monotonic()), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield wires
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= until:
            raise TimeoutError from error
        raise
    else:  # a page of which the end was cut off by us
        _left(until)
    finally:
        timer.cancel()


def _connected(host: str, port: int, allowed: Callable[[str], bool], until: float) -> socket.socket:
    """A connection to an address of the name that may be asked. All of its addresses are looked at first."""
    found = list(_addresses(host, port))
    if not found or not all(allowed(address) for address in found):
        raise _Refused(Answer(Reach.NO_ANSWER, _NOT_PUBLIC))
    trouble: OSError | None = None
    for address in found[:3]:
        try:
            return socket.create_connection((address, port), _left(until))
        except OSError as error:
            trouble = error
    raise trouble or OSError(host)


def _addresses(host: str, port: int) -> Iterator[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _Refused(Answer(Reach.NO_ANSWER, _NO_NAME % {"host": host})) from None
    yield from dict.fromkeys(str(one[4][0]) for one in found)


def _beginning(answer: http.client.HTTPResponse, wire: socket.socket, until: float) -> bytes:
    """The first bytes of a page: a server that gives one a second is not waited for."""
    page = b""
    while len(page) < _LOOKED_AT:
        wire.settimeout(_left(until))
        more = answer.read1(_LOOKED_AT - len(page))
        if not more:
            break
        page += more
    return page


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, SECONDS_A_STEP)


def _read(status: int, page: bytes, at: str) -> Answer:
    if status in (401, 407) or (200 <= status < 300 and _says_sign_in(page, urlsplit(at))):
        return Answer(Reach.SIGN_IN, _SIGN_IN, at)
    if status == 403:
        return Answer(Reach.SIGN_IN, _FORBIDDEN, at)
    if status in (404, 410):
        return Answer(Reach.GONE, _GONE, at)
    if 200 <= status < 300 or status in (304, 416):  # 416: an empty file has no first bytes
        return Answer(Reach.OPEN, "", at)
    return Answer(Reach.NO_ANSWER, _THEIR_FAULT % {"status": status}, at)


def _is_sign_in(parts: SplitResult) -> bool:
    host, path = (parts.hostname or "").lower(), parts.path.lower()
    if host in _SIGN_IN_HOSTS and (host != "www.dropbox.com" or path.startswith("/login")):
        return True
    return path.startswith(_SIGN_IN_PATHS)


def _says_sign_in(page: bytes, parts: SplitResult) -> bool:
    if _is_sign_in(parts):
        return True
    host = (parts.hostname or "").lower()
    small = page.lower()
    theirs = host.endswith((".google.com", "1drv.ms", ".sharepoint.com", "onedrive.live.com"))
    return theirs and any(words in small for words in _SIGN_IN_WORDS)
