#!/usr/bin/env python3
"""Make the sample documents (samples/) and what reading them must give (tests/data/expected/). Same bytes every time.

python scripts/make_samples.py          write them
python scripts/make_samples.py --check  say which differ from what is written; exit 1 when one does
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from sample_layouts import docx_2025, docx_worked_on, pdf_2025, plans_2026, xlsx_2025  # noqa: E402
from sample_layouts.items import Sample  # noqa: E402

SAMPLES: list[Callable[[], Sample]] = [
    docx_2025.suoi_lim,
    docx_2025.hung_thinh,
    docx_2025.dong_giang,
    docx_worked_on.cao_phong,
    xlsx_2025.hoa_ban,
    xlsx_2025.vinh_an,
    xlsx_2025.khe_may,
    pdf_2025.phu_luong,
    pdf_2025.sao_mai,
    pdf_2025.thoi_an,
    pdf_2025.binh_khe,
    pdf_2025.an_khe,
    pdf_2025.nam_hai,
    pdf_2025.dong_vang,
    plans_2026.bau_sen,
    plans_2026.suoi_lim,
    plans_2026.vam_la,
    plans_2026.thien_ly,
]


def readme(samples: list[Sample]) -> str:
    """What each document is there for."""
    lines = [
        "# Tài liệu mẫu",
        "",
        "Trường và người trong các tệp này đều do chúng tôi đặt ra. Tệp xấu như tệp thật: mỗi tệp có những chỗ khó đọc ghi bên cạnh.",
        "Chúng được làm bằng `python scripts/make_samples.py`; kết quả đọc đúng ở `tests/data/expected/`.",
        "",
        "| tệp | trường | số mục | chỗ khó |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{s.name}` | {s.doc['school']} | {len(s.items)} | {s.troubles} |" for s in samples]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    differing = []
    made = [make() for make in SAMPLES]
    for sample in made:
        answers = json.dumps(sample.expected(), ensure_ascii=False, indent=1) + "\n"
        files = {
            ROOT / "samples" / "README.md": readme(made).encode("utf-8"),
            ROOT / "samples" / sample.name: sample.data,
            ROOT / "tests" / "data" / "expected" / f"{sample.name}.expected.json": answers.encode("utf-8"),
        }
        for path, content in files.items():
            if not path.exists() or path.read_bytes() != content:
                differing.append(path)
                if "--check" not in arguments:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
    for path in differing:
        print(path.relative_to(ROOT))
    return 1 if differing and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
