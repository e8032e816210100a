"""Invented circulars: the shape of the official ones, no word of theirs; titles are those of our data."""

from __future__ import annotations

from caitien.standards import Framework, load


def of_2026(title_of_1_4: str = "Tự đánh giá, cải tiến chất lượng, công khai và trách nhiệm giải trình") -> list[str]:
    """A main part with articles and a list of annexes, then three annexes with the same codes."""
    lines = [
        "BỘ BỊA ĐẶT",
        "Điều 5. Mức đạt",
        "Mức 1, Mức 2 của tiêu chí 1.1 và tiêu chí 1.2 được nói ở các phụ lục.",
        "Điều 26. Bãi bỏ",
        "Văn bản này bãi bỏ Thông tư số 42/2012/TT-BGDĐT và các văn bản khác.",
        "Phụ lục I, Phụ lục II, Phụ lục III kèm theo.",
    ]
    for annex, framework_id in (
        ("I", "tt57-2026-mam-non"),
        ("II", "tt57-2026-pho-thong"),
        ("III", "tt57-2026-gdtx"),
    ):
        framework = load(framework_id)
        lines += [f"PHỤ LỤC {annex}", f"TIÊU CHUẨN CỦA PHỤ LỤC {annex}"]
        for standard in framework.standards:
            lines.append(f"Tiêu chuẩn {standard.code}: {standard.title}")
            for criterion in standard.criteria:
                title = title_of_1_4 if criterion.code == "1.4" else criterion.title
                lines += [
                    f"Tiêu chí {criterion.code}. {title}",
                    "a) Mức 1:",
                    f"Lời bịa {annex} {criterion.code} thứ nhất, nhắc tới Tiêu chí 2.2 và Mức 2.",
                    "Câu thứ hai.",
                    f"b) Mức 2: Lời bịa {annex} {criterion.code} ở mức cao.",
                    "Gợi ý minh chứng:",
                    "- Hồ sơ bịa (MC.1.1.01, MC.1.1.02).",
                    "Dữ liệu định lượng chính:",
                    "- Số bịa.",
                ]
    return lines


def of_2018(framework: Framework) -> list[str]:
    """A part for each level with an article for each standard; the highest level is one article of numbered items."""
    lines = ["Chương II", "TIÊU CHUẨN ĐÁNH GIÁ"]
    article = 6
    for number in (1, 2, 3):
        lines.append(f"Mục {number}. TIÊU CHUẨN ĐÁNH GIÁ TRƯỜNG MỨC {number}")
        for standard in framework.standards:
            article += 1
            lines.append(f"Điều {article}. Tiêu chuẩn {standard.code}: {standard.title}")
            judged = [c for c in standard.criteria if c.level(number)]
            for n, criterion in enumerate(judged, 1):
                lines.append(f"{n}. Tiêu chí {criterion.code}: {criterion.title}")
                if number == 1:
                    lines += [f"{letter}) Lời bịa {criterion.code} {letter};" for letter in "abc"]
                else:
                    lines.append(f"Lời bịa {criterion.code} của mức {number}.")
    lines.append(f"Điều {article + 1}. Tiêu chuẩn đánh giá trường Mức 4")
    lines.append("Trường đạt các quy định sau:")
    lines += [f"{n}. Lời bịa của khoản {n}." for n in range(1, len(framework.level_items) + 1)]
    lines += [f"Điều {article + 2}. Hiệu lực", "1. Không thuộc mức nào."]
    return lines
