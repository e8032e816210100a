#!/usr/bin/env python3
"""Everything a newcomer needs, with nothing but Python 3.11: setup, demo, test, bench.

python3 run.py demo     install, make the sample school, serve it
python3 run.py test     install what the tests need, run everything
python3 run.py coverage  the tests once more, counting which lines they reach
python3 run.py setup    only install (the environment is .venv beside this file)
python3 run.py bench    measure (--json FILE writes the figures)
python3 run.py lock     lock the dependencies again from requirements/*.in
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = BIN / f"python{EXE}"
OLDEST = (3, 11)
NO_POSTGRES = 77  # what scripts/with_postgres.py answers where there is no server


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        return _fail(f"Cần Python {OLDEST[0]}.{OLDEST[1]} trở lên; máy này có {sys.version.split()[0]}.")
    commands = {"setup": setup, "demo": demo, "test": test, "coverage": coverage, "bench": bench, "lock": lock}
    name = arguments[0] if arguments else "help"
    if name not in commands:
        print(__doc__)
        return 0 if name in ("help", "-h", "--help") else 2
    return commands[name](arguments[1:])


def setup(_: list[str]) -> int:
    """Install what running needs."""
    code = install("run")
    if not code:
        print(f"Đã cài đặt. Chạy thử: {BIN / ('caitien' + EXE)} --help")
    return code


def demo(arguments: list[str]) -> int:
    """Install, then serve the sample schools."""
    return install("run") or _run([str(PYTHON), "-m", "caitien.cli", "demo", *arguments])


def test(arguments: list[str]) -> int:
    """Install what the tests need, then run linters, types, the layering contract, the tests."""
    if code := install("test"):
        return code
    environment = _machine()
    if arguments:
        return _run([str(PYTHON), "-m", "pytest", *arguments], environment)
    checks = [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["import_linter"],
    ]
    for check in checks:
        print(f"== {' '.join(check)}", flush=True)
        command = [str(BIN / f"lint-imports{EXE}")] if check == ["import_linter"] else [str(PYTHON), "-m", *check]
        if code := _run(command, environment):
            return code
    # The web once more on PostgreSQL, first, so that the closing line is that of the whole run.
    print("== pytest tests/web (PostgreSQL)", flush=True)
    web = [str(PYTHON), "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "-m", "not browser", "tests/web"]
    code = _run([str(PYTHON), str(ROOT / "scripts" / "with_postgres.py"), *web], environment)
    if code == NO_POSTGRES and _apt_install("postgresql"):
        code = _run([str(PYTHON), str(ROOT / "scripts" / "with_postgres.py"), *web], environment)
    if code == NO_POSTGRES:
        print("Không có PostgreSQL nên chỉ thử với SQLite. Cài: sudo apt install postgresql", flush=True)
    elif code:
        return code
    print("== pytest", flush=True)
    return _run([str(PYTHON), "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile"], environment)


def coverage(arguments: list[str]) -> int:
    """Which lines and branches the tests reach; counting them slows every test, so it is asked for."""
    if code := install("test"):
        return code
    pytest = [str(PYTHON), "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile"]
    return _run([*pytest, "--cov", "--cov-report=term:skip-covered", *arguments], _machine())


def _machine() -> dict[str, str]:
    """The environment of the tests: with the browser and the reader of scans that this machine has, or can install."""
    browser = _browser()
    _tesseract()
    return os.environ | {"CAITIEN_CHROMIUM": browser or "none"}


def bench(arguments: list[str]) -> int:
    """Measure; prints ratios against a named alternative measured in the same run."""
    return install("test") or _run([str(PYTHON), str(ROOT / "bench" / "run.py"), *arguments])


def lock(_: list[str]) -> int:
    """Lock requirements/*.in into *.txt with hashes and without index addresses (needs uv on the PATH)."""
    for name in ("run", "s3", "test"):
        source, target = f"requirements/{name}.in", f"requirements/{name}.txt"
        command = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"]
        if code := _run([*command, "--no-emit-index-url", "--no-header", "--quiet", source, "-o", target]):
            return code
    return 0


def install(kind: str) -> int:
    """Make .venv when there is none and bring it to requirements/{kind}.txt; does nothing when it is there already."""
    stamp = VENV / f".installed-{kind}"
    wanted = _digest(ROOT / "requirements" / f"{kind}.txt", ROOT / "pyproject.toml")
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return 0
    if not _usable(PYTHON) and (code := _make_environment()):
        return code
    print("Đang cài các thư viện cần dùng (lần đầu mất một, hai phút)…", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if code := _run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / f"{kind}.txt")]):
        return code or 1
    if code := _run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]):
        return code
    stamp.write_text(wanted)
    if kind == "test":  # it holds all that running needs
        (VENV / ".installed-run").write_text(_digest(ROOT / "requirements" / "run.txt", ROOT / "pyproject.toml"))
    return 0


def _make_environment() -> int:
    """A virtual environment; Debian's Python comes without `ensurepip`, so its package is installed when that may be."""
    print("Đang tạo môi trường Python trong .venv…", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, capture_output=True).returncode == 0 and _usable(PYTHON):
        return 0
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if _apt_install(package) and _run(command) == 0:
        return 0
    return _fail(f"Thiếu gói {package}. Hãy chạy: sudo apt install {package}  rồi chạy lại lệnh này.")


def _usable(python: Path) -> bool:
    return (
        python.exists() and subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True).returncode == 0
    )


def _browser() -> str | None:
    """Path of Chromium or Chrome for the browser tests; installs Debian's when that may be, else says what to install."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    found = os.environ.get("CAITIEN_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found and _apt_install("chromium"):
        found = shutil.which("chromium")
    # The driver that comes with Playwright needs a library that a bare Debian lacks.
    if found and not (_driver_runs() or (_apt_install("libatomic1") and _driver_runs())):
        print("Trình điều khiển Playwright không chạy được. Cài: sudo apt install libatomic1", flush=True)
        return None
    if not found:
        print(
            "Không có Chromium nên các thử nghiệm trên trình duyệt bị bỏ qua. Cài: sudo apt install chromium",
            flush=True,
        )
    return found


def _driver_runs() -> bool:
    return subprocess.run([str(PYTHON), "-m", "playwright", "--version"], capture_output=True).returncode == 0


def _tesseract() -> None:
    """Tesseract with its Vietnamese data, for the tests of scans; installs Debian's when that may be, else says what to install."""

    def is_there() -> bool:
        program = shutil.which("tesseract")
        if program is None:
            return False
        listed = subprocess.run([program, "--list-langs"], capture_output=True)
        return b"vie" in (listed.stdout + listed.stderr).split()

    if not is_there() and not (_apt_install("tesseract-ocr", "tesseract-ocr-vie") and is_there()):
        print(
            "Không có Tesseract tiếng Việt nên các thử nghiệm đọc bản quét bị bỏ qua. "
            "Cài: sudo apt install tesseract-ocr tesseract-ocr-vie",
            flush=True,
        )


def _apt_install(*packages: str) -> bool:
    """True when apt installed the packages; False where there is no apt or no right to use it."""
    apt = shutil.which("apt-get")
    if not apt or not hasattr(os, "geteuid"):
        return False
    sudo = [] if os.geteuid() == 0 else [shutil.which("sudo") or "", "-n"]
    if sudo and not sudo[0]:
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print(f"Đang cài {', '.join(packages)} bằng apt…", flush=True)
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run([*sudo, apt, *words], env=environment, capture_output=True)
    return done.returncode == 0


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()


def _run(command: list[str], environment: dict[str, str] | None = None) -> int:
    environment = (environment or dict(os.environ)) | {"PYTHONUTF8": "1"}
    try:
        return subprocess.run(command, cwd=ROOT, env=environment).returncode
    except KeyboardInterrupt:
        return 130
    except FileNotFoundError:
        return _fail(f"Không tìm thấy chương trình {command[0]}.")


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
