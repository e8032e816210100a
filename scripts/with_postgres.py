"""Run a command against a private PostgreSQL that lives as long as the command: `with_postgres.py COMMAND…`.

Starts a server from the machine's own PostgreSQL programs in a temporary folder on a free port of this machine,
sets CAITIEN_DATABASE_URL and runs the command. Exit code: the command's; 77 when there is no PostgreSQL here.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_SERVER = 77
USER = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this user


def main(command: list[str]) -> int:
    if find_programs() is None:
        print("Máy này không có PostgreSQL (Debian: apt install postgresql).", file=sys.stderr)
        return NO_SERVER
    with private_server() as url:
        return subprocess.run(command, env=os.environ | {"CAITIEN_DATABASE_URL": url}).returncode


@contextmanager
def private_server(*, safe: bool = False) -> Iterator[str]:
    """A server for as long as the block: gives its address. `safe`: it waits for the disk, as a real one does.

    Raises FileNotFoundError when this machine has no PostgreSQL.
    """
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError("initdb")
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="caitien-pg-"))
    as_user = ["runuser", "-u", USER, "--"] if os.name != "nt" and os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, USER)
    cluster = folder / "data"
    control = [*as_user, str(programs / "pg_ctl"), "-D", str(cluster), "-s", "-w"]
    try:
        initdb = [str(programs / "initdb"), "-D", str(cluster), "-A", "trust", "-U", USER, "-E", "UTF8", "--no-locale"]
        subprocess.run([*as_user, *initdb], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        options += "" if safe else " -c fsync=off"
        subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], check=True, cwd=folder)
        yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder, stderr=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl: on the PATH, or where Debian puts the newest version."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").exists()]
    return max(versions, key=lambda p: int(p.parent.name), default=None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
