"""Reads one file in a process of its own: bytes on standard input, one JSON on standard output. Knows no Django.

The web process stays small (it never imports the PDF and Word libraries), and a file that eats memory or time takes
this process with it, not the server.
"""

from __future__ import annotations

import json
import sys
from typing import Any

MEMORY = 512 * 1024 * 1024  # bytes of data this process may hold; the bound of reading (docs/reading.md)


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    content = sys.stdin.buffer.read()
    _bound_memory()
    print(json.dumps(answer(content, name), ensure_ascii=True))


def answer(content: bytes, name: str) -> dict[str, Any]:
    """{"source": …, "plan": …} of a file that is a plan; {"error": {"code", "message"}} of one that is not."""
    from caitien.errors import ReadingError
    from caitien.reading.interpret import interpret
    from caitien.reading.opening import open_source
    from caitien.reading.refusals import refuse
    from caitien.reading.source_json import source_to_json

    try:
        source = open_source(content, name=name)
        plan = interpret(source)
        return {"source": json.loads(source_to_json(source)), "plan": plan.to_dict()}
    except ReadingError as error:
        return {"error": {"code": error.code, "message": str(error)}}
    except MemoryError:
        return {"error": {"code": "too_much_memory", "message": str(refuse("too_much_memory"))}}


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the bounds of reading itself remain
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
