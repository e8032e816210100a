"""Spelling slips and lost letters in the words of a plan: "Tang cường", "HĐt", "hạn h p"."""

from __future__ import annotations

from collections.abc import Iterator

from caitien.checking.rule import Context, Rule, finding, where
from caitien.checking.rules._prose import Passage, prose
from caitien.checking.rules._slips import Slip, around, mended, slips, sure
from caitien.plan.model import Finding, Fix, ImprovementPlan


def _find(context: Context) -> Iterator[Finding]:
    for passage in prose(context.plan):
        found = slips(passage.text)
        if not found:
            continue
        quote = " … ".join(around(passage.text, slip) for slip in found)
        said = "; ".join(_said(passage.text, slip) for slip in found)
        yield finding(
            RULE.id,
            RULE.severity,
            f"{_place(context.plan, passage)}: {said}.",
            action=passage.action,
            field=passage.field,
            quote=quote,
            fixes=_fixes(passage, found),
        )


def _place(plan: ImprovementPlan, passage: Passage) -> str:
    if passage.action is None:
        return passage.name[0].upper() + passage.name[1:]
    return f"{where(plan, passage.action)}, {passage.name}"


def _said(text: str, slip: Slip) -> str:
    if slip.right is None:
        return f"“{text[slip.start : slip.end]}” trong “{around(text, slip)}” có thể gõ nhầm hoặc mất chữ"
    return f"“{text[slip.start : slip.end]}” có lẽ là “{slip.right}”"


def _fixes(passage: Passage, found: list[Slip]) -> list[Fix]:
    """One fix a text: it mends all that is sure, so that no fix undoes another."""
    right = [slip.right or "" for slip in sure(found)]
    if not right:
        return []
    label = "Sửa thành " + ", ".join(f"“{words}”" for words in right)
    return [Fix(label=label, path=passage.path, value=mended(passage.text, found))]


RULE = Rule(
    id="likely-typo",
    severity="hint",
    title="Có thể gõ nhầm hoặc mất chữ",
    explanation="Chữ sai chính tả, mất dấu, mất chữ khi chép hoặc chuyển tệp. Chương trình chỉ nhắc, không tự sửa. Tên riêng, chữ viết tắt và cách viết i/y không bị coi là sai.",
    source="Nghị định 30/2020/NĐ-CP, Điều 8: văn bản dùng từ ngữ tiếng Việt phổ thông, diễn đạt rõ ràng; Phụ lục II: viết hoa",
    find=_find,
)
