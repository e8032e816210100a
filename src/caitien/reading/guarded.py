"""Reads a file in a process of its own, under bounds of memory and time that the file cannot talk its way out of.

The caller stays small: the libraries for Word and PDF load in the child, and a file that eats memory or time takes
the child with it. `python -m caitien.reading.guarded` is that child: the file comes on standard input, lines of JSON
leave on standard output, progress first, the answer or the refusal last.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import Any, BinaryIO

from caitien.errors import ReadingError
from caitien.reading.limits import DEFAULT_LIMITS, Limits, Progress
from caitien.reading.refusals import refuse

MEMORY_BYTES = 512 * 1024 * 1024
SECONDS_TO_START = 3.0  # of an interpreter and its libraries, on a slow school computer
_FINISHED = ("plan", "answer", "error")


def read_guarded(
    source: Path | str | bytes,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_progress: Progress | None = None,
    memory_bytes: int = MEMORY_BYTES,
) -> tuple[str, str]:
    """The plan value and the SourceDocument of a file, both as JSON text (`plan/model.py`, `source_json.py`).

    As `open_source` and `interpret` in one, in a child process. Raises the ReadingError that they raise, and
    "too_slow", "too_much_memory", "crashed" when the child does not come back by itself.
    """
    from caitien.reading.opening import read_bytes  # loads no reader

    content, shown = read_bytes(source, name, limits)
    answer = in_child({"name": shown}, content, limits, on_progress, memory_bytes)
    return answer["plan"], answer["source"]


def in_child(
    request: dict[str, Any],
    content: bytes,
    limits: Limits,
    on_progress: Progress | None = None,
    memory_bytes: int = MEMORY_BYTES,
) -> dict[str, Any]:
    """The last message of a child that reads `content`. `request`: "name", and "kind" for what is no plan. Raises ReadingError."""
    request = request | {"limits": asdict(limits), "memory_bytes": memory_bytes}
    command = [sys.executable, "-X", "utf8", "-m", "caitien.reading.guarded", json.dumps(request)]
    late: list[bool] = []
    with TemporaryFile() as complaints:  # a pipe that nobody reads would stop a child that complains at length
        child = subprocess.Popen(  # noqa: S603  the command is ours, the file comes by pipe
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints
        )

        def stop() -> None:
            late.append(True)
            child.kill()

        timer = Timer(limits.seconds + SECONDS_TO_START, stop)
        timer.start()
        try:
            answer = _talk(child, content, on_progress)
            child.wait()
        finally:
            timer.cancel()
            if child.poll() is None:
                child.kill()
                child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    with contextlib.suppress(OSError):
                        pipe.close()
        complaints.seek(0)
        complaint = complaints.read()
    if answer is None:
        if late:
            raise refuse("too_slow", seconds=round(limits.seconds))
        raise refuse("too_much_memory" if _ran_out_of_memory(complaint, child.returncode) else "crashed")
    if "error" in answer:
        raise ReadingError(answer["error"]["message"], code=answer["error"]["code"])
    return answer


def _talk(child: subprocess.Popen[bytes], content: bytes, on_progress: Progress | None) -> dict[str, Any] | None:
    """Hand the file over, pass progress on, and give the last message; None when the child ended without one."""
    if child.stdin is None or child.stdout is None:
        return None
    with contextlib.suppress(OSError):  # a child that died early is told by its silence
        child.stdin.write(content)
        child.stdin.close()
    for message in _messages(child.stdout):
        if any(key in message for key in _FINISHED):
            return message
        if on_progress is not None and "progress" in message:
            share, phrase = message["progress"]
            on_progress(share, phrase)
    return None


def _messages(stream: Any) -> Iterator[dict[str, Any]]:
    for line in stream:
        with contextlib.suppress(ValueError):
            message = json.loads(line)
            if isinstance(message, dict):
                yield message


def _ran_out_of_memory(complaint: bytes, code: int) -> bool:
    words = (b"MemoryError", b"bad_alloc", b"Cannot allocate memory", b"out of memory")
    return any(word in complaint for word in words) or code in (-9, -6, -11)


def _child(request: dict[str, Any], stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Read the file that comes on `stdin` and say what came of it on `stdout`."""
    bound_memory(request["memory_bytes"])

    def say(message: dict[str, Any]) -> None:
        stdout.write(json.dumps(message, ensure_ascii=True).encode("ascii") + b"\n")
        stdout.flush()

    try:
        if "kind" in request:
            say(
                {
                    "answer": _answer(
                        request, stdin.read(), lambda share, phrase: say({"progress": [round(share, 3), phrase]})
                    )
                }
            )
            return
        from caitien.reading.interpret import interpret
        from caitien.reading.opening import open_source
        from caitien.reading.source_json import source_to_json

        content = stdin.read()
        source = open_source(
            content,
            request["name"],
            Limits(**request["limits"]),
            lambda share, phrase: say({"progress": [round(share, 3), phrase]}),
        )
        del content
        say({"plan": interpret(source).to_json(indent=None), "source": source_to_json(source)})
    except ReadingError as error:
        say({"error": {"code": error.code, "message": str(error)}})
    except MemoryError:
        say({"error": {"code": "too_much_memory", "message": str(refuse("too_much_memory"))}})


def _answer(request: dict[str, Any], content: bytes, say: Progress) -> Any:
    """What came of a file that is read for another end than a plan. Raises ReadingError."""
    limits = Limits(**request["limits"])
    if request["kind"] == "words":
        from caitien.reading.words_inside import words_inside

        return words_inside(content, limits, say)
    if request["kind"] == "recognise":
        from caitien.reading.recognising import recognised

        return recognised(content, request["scans"], request["picture"], limits, say)
    if request["kind"] in ("draw", "source"):
        from caitien.reading.drawn import drawn, source_in_child

        return drawn(request, content) if request["kind"] == "draw" else source_in_child(content, limits)
    from caitien.reading.guarded_assessment import answer_of

    return answer_of(request, content)


def bound_memory(memory_bytes: int) -> None:
    """Bound what this process may hold, where the system can; elsewhere the bounds of reading itself remain."""
    try:
        import resource
    except ImportError:
        return
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (memory_bytes, memory_bytes))


if __name__ == "__main__":
    _child(json.loads(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
