"""How a benchmark measures: medians of several runs, two alternatives taken in turn, memory of whole processes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

Figure = dict[str, object]


def median_seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Median of `runs` timed calls after one that is not counted."""
    return paired_seconds(work, None, runs)[0]


def paired_seconds(
    ours: Callable[[], object], theirs: Callable[[], object] | None, runs: int = 5
) -> tuple[float, float]:
    """Medians of two pieces of work done in turn (A B A B …), so that a drifting machine is fair to both."""
    times: tuple[list[float], list[float]] = ([], [])
    for run in range(runs + 1):
        for work, sink in zip((ours, theirs), times, strict=True):
            if work is None:
                continue
            started = time.perf_counter()
            work()
            if run:
                sink.append(time.perf_counter() - started)
    return statistics.median(times[0]), statistics.median(times[1]) if times[1] else 0.0


def seconds(value: float, *, aim: str | None = None) -> Figure:
    figure: Figure = {"value": round(value, 4), "unit": "s"}
    return figure | ({"aim": aim} if aim else {})


def compared(ours: float, theirs: float, against: str, *, aim: str | None = None) -> Figure:
    return seconds(ours, aim=aim) | {"against": against, "ratio": round(ours / theirs, 2) if theirs else None}
