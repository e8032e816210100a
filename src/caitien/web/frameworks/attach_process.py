"""Reads a circular under bounds of memory and time, compares it with a framework, and keeps it. Knows no Django.

The file comes on standard input; id, name, data folder and seconds are arguments; one JSON leaves on standard output:
{"report"}, {"refused", "code"} of a file that cannot be read, {"not_this"} of a text that is not this framework's.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any


def main() -> None:
    from caitien.reading.guarded import MEMORY_BYTES, bound_memory

    framework_id, name, folder, seconds = sys.argv[1:5]
    content = sys.stdin.buffer.read()
    bound_memory(MEMORY_BYTES)
    print(json.dumps(answer(framework_id, name, content, Path(folder), float(seconds)), ensure_ascii=True))


def answer(framework_id: str, name: str, content: bytes, folder: Path, seconds: float) -> dict[str, Any]:
    from caitien.errors import FrameworkError, ReadingError
    from caitien.reading.limits import DEFAULT_LIMITS
    from caitien.reading.opening import open_source
    from caitien.reading.refusals import refuse
    from caitien.standards import attach, lines_of, save_official

    try:
        document = open_source(content, name=name, limits=replace(DEFAULT_LIMITS, seconds=seconds))
        official, report = attach(framework_id, lines_of(document.blocks), name, wrapped=document.wrapped)
        save_official(official, folder)
    except ReadingError as error:
        return {"refused": str(error), "code": error.code}
    except FrameworkError as error:
        return {"not_this": str(error)}
    except MemoryError:
        error = refuse("too_much_memory")
        return {"refused": str(error), "code": error.code}
    return {"report": report.to_dict()}


if __name__ == "__main__":
    main()
