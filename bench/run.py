"""Run every benchmark of this folder and print its figures; `--json FILE` writes them too.

A benchmark is a module `bench_*.py` with `measure() -> dict[str, Figure]`. A figure with `against` names an alternative
measured in the same run; `ratio` is ours divided by theirs (time and memory: below 1 is better).

    python3 run.py bench [--json FILE] [--only reading]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def main() -> int:
    parser = argparse.ArgumentParser(description="Đo tốc độ và bộ nhớ.")
    parser.add_argument("--json", metavar="FILE", help="ghi các số đo ra tệp JSON")
    parser.add_argument("--only", action="append", metavar="TÊN", help="chỉ chạy bench_TÊN.py")
    args = parser.parse_args()
    figures: dict[str, dict[str, object]] = {}
    for path in sorted(HERE.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if args.only and name not in args.only:
            continue
        started = time.perf_counter()
        module = import_module(path.stem)
        print(f"\n{(module.__doc__ or name).splitlines()[0]}", flush=True)
        for key, figure in module.measure().items():
            figures[key] = figure
            print(_line(key, figure), flush=True)
        print(f"  ({time.perf_counter() - started:.0f} s)", flush=True)
    if args.json:
        Path(args.json).write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def _line(key: str, figure: dict[str, object]) -> str:
    line = f"  {key:<44} {figure['value']:>10} {figure['unit']:<8}"
    if figure.get("ratio") is not None:
        line += f" ×{figure['ratio']} so với {figure['against']}"
    if figure.get("aim"):
        line += f"   (mục tiêu {figure['aim']})"
    return line


if __name__ == "__main__":
    sys.exit(main())
