"""The page that one opens by double click: the report's sentences with each code leading to its files, then the list.

One HTML file without scripts and without anything from elsewhere; every word in it is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from urllib.parse import quote

from caitien.assessment.evidence_codes import segments
from caitien.assessment.model import CriterionReview, LevelReview, SelfAssessment, Weakness
from caitien.packing.model import CONTENTS, SUMS, Contents, PackedEvidence, PackedFile
from caitien.plan.text import one_space
from caitien.standards.model import Criterion, Framework

JUDGED = {"met": "Đạt", "not_met": "Không đạt", None: "Chưa nhận định"}
Linked = Callable[[str | None], str]
"""Words with codes as links, escaped."""
SAFE_SCHEMES = ("http://", "https://")
STYLE = """
:root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6875;--line:#d5dde3;--paper:#fff;--tone:#0f6b6b;--warn:#9a3412}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf1;--soft:#a9b5bf;--line:#3a4651;--paper:#171d23;--tone:#6cc5c1;--warn:#fdba74}}
body{font:16px/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;max-width:60rem;padding:1rem}
h1{font-size:1.6rem;line-height:1.25}h2{margin-top:2.5rem;border-bottom:2px solid var(--tone)}h3{margin-bottom:.25rem}h4{margin:.75rem 0 .25rem}
a{color:var(--tone)}a.code{font-family:ui-monospace,Consolas,monospace;white-space:nowrap}
.soft{color:var(--soft)}.warn{color:var(--warn);font-weight:600}p{margin:.35rem 0}.text{white-space:pre-line}
table{border-collapse:collapse;width:100%}th,td{border:1px solid var(--line);padding:.4rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
td.code{font-family:ui-monospace,Consolas,monospace;white-space:nowrap}.frame{overflow-x:auto}td:first-child,th:first-child{white-space:nowrap}ul{margin:.25rem 0;padding-left:1.2rem}
:target{outline:3px solid var(--tone);outline-offset:2px}
@media print{body{max-width:none}a{color:inherit}}
"""


def index_page(assessment: SelfAssessment, framework: Framework, contents: Contents, papers: Sequence[str]) -> str:
    """The page as HTML. `papers`: titles of `contents.papers`, in their order."""
    title = f"Minh chứng tự đánh giá năm học {assessment.school_year or ''}".strip()
    by_code = {one.code: one for one in contents.evidence if one.code}
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(assessment.school.name or '')}</p>",
        f'<p class="soft">{escape(_counts(contents))}</p>',
        *_papers(contents.papers, papers),
        "<h2>Báo cáo, từng tiêu chí</h2>",
        '<p class="soft">Bấm vào mã trong câu để mở minh chứng.</p>',
        *_report(assessment, framework, by_code),
        "<h2>Danh mục minh chứng</h2>",
        *_list(contents.evidence),
        f'<p class="soft">Danh mục cho máy đọc: <a href="{CONTENTS}">{CONTENTS}</a>. Mã kiểm của từng tệp: '
        f'<a href="{SUMS}">{SUMS}</a>.</p>',
    ]
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _counts(contents: Contents) -> str:
    files = [file for one in contents.evidence for file in one.files]
    size = sum(file.size for file in files)
    words = [
        f"{len(contents.evidence)} minh chứng",
        f"{len(files)} tệp",
        f"{size / 1_000_000:.1f} MB".replace(".", ","),
    ]
    day = "/".join(reversed(contents.made_at[:10].split("-")))
    return f"{' · '.join(words)} · đóng gói ngày {day}"


def _papers(files: Sequence[PackedFile], titles: Sequence[str]) -> Iterator[str]:
    if files:
        yield "<h2>Văn bản</h2><ul>"
        for file, title in zip(files, titles, strict=True):
            yield f"<li>{_link(file, title)}</li>"
        yield "</ul>"


def _report(assessment: SelfAssessment, framework: Framework, by_code: dict[str, PackedEvidence]) -> Iterator[str]:
    reviews = {one.code: one for one in assessment.criteria}
    standards = {one.code: one for one in assessment.standards}

    def linked(text: str | None) -> str:
        return _linked(text, framework, by_code)

    for standard in framework.standards:
        yield f"<h3>Tiêu chuẩn {escape(standard.code)}: {escape(standard.title)}</h3>"
        for criterion in standard.criteria:
            yield from _criterion(criterion, reviews.get(criterion.code), linked)
        if (own := standards.get(standard.code)) is not None:
            yield from _points("Điểm mạnh nổi bật", own.strengths, linked)
            yield from _points("Hạn chế trọng tâm", map(_weak, own.weaknesses), linked)
            yield from _points("Xu hướng 03 năm học liên tiếp", [own.trend] if own.trend else [], linked)
    if framework.level_items:
        yield "<h3>Các mục của Mức 4</h3>"
        for criterion in framework.level_items:
            yield from _criterion(criterion, reviews.get(criterion.code), linked)


def _criterion(criterion: Criterion, review: CriterionReview | None, linked: Linked) -> Iterator[str]:
    yield f'<h4 id="tieu-chi-{escape(criterion.code)}">Tiêu chí {escape(criterion.code)}: {escape(criterion.title)}</h4>'
    levels: dict[int, LevelReview] = {one.level: one for one in (review.levels if review else ())}
    for level in criterion.levels:
        said = levels.get(level.level)
        judged = JUDGED[said.judged if said else None]
        text = linked(said.description) if said and said.description else '<span class="soft">chưa viết</span>'
        yield f'<p class="text"><b>Mức {level.level}: {judged}.</b> {text}</p>'
    yield from _points("Điểm mạnh", review.strengths if review else (), linked)
    yield from _points("Điểm yếu", map(_weak, review.weaknesses if review else ()), linked)


def _points(title: str, texts: Iterable[str], linked: Linked) -> Iterator[str]:
    lines = [f"<li>{linked(text)}</li>" for text in texts if one_space(text)]
    if lines:
        yield f"<p><b>{title}</b></p><ul>{''.join(lines)}</ul>"


def _weak(weakness: Weakness) -> str:
    return f"{weakness.text} Nguyên nhân: {weakness.cause}" if weakness.cause else weakness.text


def _linked(text: str | None, framework: Framework, by_code: dict[str, PackedEvidence]) -> str:
    """Escaped words; a code leads to its only file, or to its line in the list; one that nothing has is marked."""
    pieces = []
    for words, code in segments(text, framework.evidence):
        if code is None:
            pieces.append(escape(words))
        elif (one := by_code.get(code)) is None:
            pieces.append(f'<span class="warn" title="Gói không có minh chứng này">{escape(words)}</span>')
        else:
            there = _address(one.files[0].path) if len(one.files) == 1 else f"#{_anchor(code)}"
            pieces.append(f'<a class="code" href="{there}">{escape(words)}</a>')
    return "".join(pieces)


def _list(evidence: Sequence[PackedEvidence]) -> Iterator[str]:
    yield '<div class="frame"><table><thead><tr><th>TT</th><th>Mã</th><th>Tên minh chứng</th><th>Tệp, đường dẫn</th></tr></thead><tbody>'
    for number, one in enumerate(evidence, 1):
        anchor = f' id="{_anchor(one.code)}"' if one.code else ""
        used = f'<br><span class="soft">Tiêu chí {escape(", ".join(one.criteria))}</span>' if one.criteria else ""
        yield (
            f'<tr{anchor}><td>{number}</td><td class="code">{escape(one.code or "")}</td>'
            f"<td>{escape(one.name)}{used}</td><td>{_kept(one)}</td></tr>"
        )
    yield "</tbody></table></div>"


def _kept(one: PackedEvidence) -> str:
    lines = [_link(file, file.name) for file in one.files]
    lines += [
        f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>' if url.startswith(SAFE_SCHEMES) else escape(url)
        for url in one.links
    ]
    lines += [f'<span class="warn">Thiếu tệp: {escape(name)}</span>' for name in one.missing]
    if one.kept_back:
        lines.append(f'<span class="soft">{escape(one.kept_back)}</span>')
    return "<br>".join(lines) or '<span class="soft">chưa có tệp</span>'


def _link(file: PackedFile, title: str) -> str:
    return f'<a href="{_address(file.path)}">{escape(title)}</a>'


def _address(path: str) -> str:
    return escape(quote(path))


def _anchor(code: str | None) -> str:
    return escape("mc-" + "".join(c if c.isalnum() or c in ".-" else "" for c in code or ""))
