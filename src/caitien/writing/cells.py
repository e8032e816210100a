"""Table cells of a plan's actions: lists, people, money, progress, each with the key of the field it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from caitien.plan import Action
from caitien.plan.model import BudgetLine, EvidenceAtHand, IndicatorValue, MeasureDone
from caitien.writing.document import Align, Cell, Paragraph, Run, VerticalAlign
from caitien.writing.document import cell as text_cell
from caitien.writing.text import brings_mark, clean, lines, money

STATUS_WORDS = {
    "done": "Hoàn thành",
    "in_progress": "Đang thực hiện",
    "not_started": "Chưa hoàn thành",
    "overdue": "Chưa hoàn thành (quá hạn)",
    "dropped": "Chưa hoàn thành (dừng thực hiện)",
}
"""The three words of column 10 of Biểu 2 (Thông tư 57/2026), and what they leave unsaid."""


def paragraphs(
    text: str | None, *, key: str | None = None, label: str | None = None, align: Align = "left", italic: bool = False
) -> tuple[Paragraph, ...]:
    """The lines of a text as a cell's paragraphs; none for an empty text."""
    return tuple(
        Paragraph((Run(line, italic=italic),), align=align, key=key, label=label) for line in lines(text or "")
    )


def listed(texts: Sequence[str], *, key: str, label: str) -> tuple[Paragraph, ...]:
    """A list: "- " before each item when there are several, unless they bring their own marks."""
    shown = [line for text in texts for line in [" ".join(lines(text))] if line]
    marked = len(shown) > 1
    return tuple(
        Paragraph((Run(line if not marked or brings_mark(line) else f"- {line}"),), align="left", key=key, label=label)
        for line in shown
    )


def together(
    *groups: Iterable[Paragraph],
    align: Align = "left",
    valign: VerticalAlign = "top",
    rowspan: int = 1,
    number: int | None = None,
    empty_key: str | None = None,
    label: str | None = None,
) -> Cell:
    """One cell of several groups of paragraphs; when all are empty, one empty paragraph with `empty_key` to fill in."""
    made = tuple(p for group in groups for p in group)
    if not made:
        return text_cell("", align=align, valign=valign, rowspan=rowspan, key=empty_key, label=label, number=number)
    return Cell(made, rowspan=rowspan, align=align, valign=valign, number=number)


class ActionCells:
    """The cells of one action. `index` is its place in `plan.actions`; `row` is the number that stands for it in labels."""

    def __init__(self, action: Action, index: int, row: int | str) -> None:
        self.action = action
        self.at = f"actions/{index}"
        self.row = row

    def text(self, field: str, label: str) -> Cell:
        """A plain text field: content, objective, weakness, cause, current_state, result, note."""
        return text_cell(getattr(self.action, field), key=f"{self.at}/{field}", label=self._label(label))

    def content(self, *, criteria: bool = False, measures: bool = False) -> Cell:
        """What is to be done; on wish its criteria in brackets beneath, or the measures where the form has no column for them."""
        action = self.action
        groups = [paragraphs(action.content, key=f"{self.at}/content", label=self._label("Nội dung"))]
        if measures or not action.content:
            groups.append(self._list("measures", "Biện pháp")) if measures else None
        if criteria and action.criteria:
            named = f"(Tiêu chí {', '.join(clean(c) for c in action.criteria)})"
            groups.append(paragraphs(named, key=f"{self.at}/criteria", label=self._label("Tiêu chí"), italic=True))
        return together(*groups, empty_key=f"{self.at}/content", label=self._label("Nội dung"))

    def measures(self) -> Cell:
        return together(self._list("measures", "Biện pháp"), empty_key=f"{self.at}/measures")

    def indicators(self) -> Cell:
        return together(self._list("indicators", "Chỉ số đánh giá"), empty_key=f"{self.at}/indicators")

    def evidence(self) -> Cell:
        return together(self._list("expected_evidence", "Minh chứng"), empty_key=f"{self.at}/expected_evidence")

    def period(self) -> Cell:
        """The time as printed; a period that has only dates is written from them."""
        period = self.action.period
        shown = period.text or _dates(period.start, period.end)
        return text_cell(shown, align="center", key=f"{self.at}/period/text", label=self._label("Thời gian"))

    def people(self) -> Cell:
        """Who is responsible, and beneath who helps ("Phối hợp: …")."""
        action = self.action
        chief = "; ".join(" ".join(lines(name)) for name in action.responsible if lines(name))
        helping = "; ".join(" ".join(lines(name)) for name in action.collaborators if lines(name))
        return together(
            paragraphs(chief, key=f"{self.at}/responsible", label=self._label("Phụ trách")),
            paragraphs(
                f"Phối hợp: {helping}" if helping else None,
                key=f"{self.at}/collaborators",
                label=self._label("Phối hợp"),
            ),
            empty_key=f"{self.at}/responsible",
            label=self._label("Phụ trách"),
        )

    def resources(self) -> Cell:
        """Column 8 of Biểu 2: the resources as printed, else the budget and its sources."""
        resources = self.action.resources
        said = " ".join(lines(resources.text or ""))
        budget = self.budget_text()
        amount = re.sub(r"\D", "", budget or "")
        new_budget = budget if budget and not _says(said, budget, amount) else None
        if new_budget and said:
            new_budget = f"Kinh phí: {new_budget}"
        sources = [
            s for s in (" ".join(lines(s)) for s in resources.funding_sources) if s and s.lower() not in said.lower()
        ]
        if resources.budget_vnd == 0:
            sources = [s for s in sources if s.lower().rstrip(".") not in ("không", "0")]
        return together(
            paragraphs(resources.text, key=f"{self.at}/resources/text", label=self._label("Nguồn lực")),
            paragraphs(new_budget, key=f"{self.at}/resources/budget_text", label=self._label("Kinh phí")),
            paragraphs(
                f"Nguồn: {'; '.join(sources)}" if sources else None,
                key=f"{self.at}/resources/funding_sources",
                label=self._label("Nguồn kinh phí"),
            ),
            empty_key=f"{self.at}/resources/text",
            label=self._label("Nguồn lực"),
        )

    def budget(self) -> Cell:
        """A column of its own for money: as printed; the amount goes to spreadsheets as a number."""
        amount = self.action.resources.budget_vnd
        shown = self.action.resources.budget_text or _amount(amount)
        digits = shown is not None and re.fullmatch(r"[\d.,\s]+", shown) is not None
        return text_cell(
            shown,
            align="right" if digits else "center",
            key=f"{self.at}/resources/budget_text",
            label=self._label("Kinh phí"),
            number=amount if digits or (amount and not shown) else None,
        )

    def budget_text(self) -> str | None:
        """The amount in words and figures: as printed with its unit, or from the number."""
        resources = self.action.resources
        shown = " ".join(lines(resources.budget_text or "")) or _amount(resources.budget_vnd)
        return f"{shown} đồng" if shown and re.fullmatch(r"\d{1,3}(\.\d{3})+", shown) else shown

    def sources(self) -> Cell:
        shown = "; ".join(" ".join(lines(s)) for s in self.action.resources.funding_sources if lines(s))
        return text_cell(shown, align="center", key=f"{self.at}/resources/funding_sources", label=self._label("Nguồn"))

    def progress(self, *, status_first: bool) -> Cell:
        """How far it is. Biểu 2 puts the status' word first; the older forms print the words of the plan alone."""
        progress = self.action.progress
        word = STATUS_WORDS.get(progress.status or "", "")
        if word and progress.percent is not None and progress.status == "in_progress":
            word += f" ({progress.percent}%)"
        said = " ".join(lines(progress.text or ""))
        if said and (not status_first or said.lower().rstrip(".;") == word.lower()):
            word = ""
        return together(
            paragraphs(word, key=f"{self.at}/progress/status", label=self._label("Mức độ")),
            paragraphs(progress.text, key=f"{self.at}/progress/text", label=self._label("Tiến độ")),
            empty_key=f"{self.at}/progress/status" if status_first else f"{self.at}/progress/text",
            label=self._label("Mức độ thực hiện"),
        )

    def reached(self, *, photos: int = 0) -> Cell:
        """What came of it: the result as written; beneath what the ticks, values and photographs of the year say."""
        return together(
            paragraphs(self.action.result, key=f"{self.at}/result", label=self._label("Kết quả")),
            paragraphs("\n".join(said_of(self.action, photos=photos))),
            empty_key=f"{self.at}/result",
            label=self._label("Kết quả"),
        )

    def _list(self, field: str, label: str) -> tuple[Paragraph, ...]:
        return listed(getattr(self.action, field), key=f"{self.at}/{field}", label=self._label(label))

    def _label(self, label: str) -> str:
        return f"{label}, mục {self.row}"


def said_of(action: Action, *, photos: int = 0) -> list[str]:
    """What is known of an action beside its words: measures done, values reached, evidence at hand, photographs."""
    said = []
    done = sum(any(mark.text == text for mark in action.measures_done) for text in action.measures)
    if action.measures and action.measures_done:
        said.append(f"Đã làm {done}/{len(action.measures)} biện pháp.")
    said += [f"{indicator_line(value)}." for value in action.indicator_values if value.actual]
    there = sum(any(mark.text == text for mark in action.evidence_at_hand) for text in action.expected_evidence)
    if action.expected_evidence and action.evidence_at_hand:
        said.append(f"Đã có {there}/{len(action.expected_evidence)} minh chứng.")
    if photos:
        said.append(f"{photos} ảnh.")
    return said


def indicator_line(value: IndicatorValue) -> str:
    """ "Số học sinh yếu: từ 14, mục tiêu 0, đạt 6 em"."""
    parts = [
        f"{word} {' '.join(lines(one))}"
        for word, one in (("từ", value.baseline), ("mục tiêu", value.target), ("đạt", value.actual))
        if one
    ]
    text = " ".join(lines(value.text)).rstrip(".;")
    return f"{text}: {', '.join(parts)}{f' {value.unit}' if value.unit else ''}" if parts else text


def mark_line(mark: MeasureDone | EvidenceAtHand) -> str:
    """ "Họp Hội đồng trường (12/10/2026, Đặng Thị Ngọc Ánh)"."""
    when = "/".join(reversed(mark.on.split("-"))) if mark.on else ""
    beside = ", ".join(part for part in (when, mark.by, getattr(mark, "note", None)) if part)
    text = " ".join(lines(mark.text)).rstrip(".;")
    return f"{text} ({beside})" if beside else text


def money_line(line: BudgetLine) -> str:
    """ "Ngân sách: dự kiến 2.500.000 đồng, đã chi 300.000 đồng (mua sách)"."""
    parts = [
        f"{word} {money(amount)} đồng"
        for word, amount in (("dự kiến", line.amount_vnd), ("đã chi", line.spent_vnd))
        if amount is not None
    ]
    said = f"{' '.join(lines(line.source or '')) or 'Chưa rõ nguồn'}: {', '.join(parts) or 'chưa xác định'}"
    return f"{said} ({' '.join(lines(line.note))})" if line.note and lines(line.note) else said


def row_numbers(actions: Sequence[Action]) -> list[str]:
    """What column TT says: the plan's own numbers when each action has one of its own, else 1, 2, 3, …"""
    own = [clean(str(a.number)).strip() if a.number is not None else "" for a in actions]
    if all(own) and len(set(own)) == len(own):
        return own
    return [str(n) for n in range(1, len(actions) + 1)]


def standard_of(criterion: str) -> str:
    """The standard of a criterion's code: "1.2" -> "1", "M4.1" -> "M4", anything else as it is."""
    return clean(criterion).strip().split(".")[0]


def by_standard(actions: Sequence[Action]) -> list[int]:
    """Indices of the actions by standard and criterion, level-4 items after them, those without a criterion last.

    Actions of one criterion keep the plan's order.
    """

    def order(index: int) -> tuple[int, list[int]]:
        first = next(iter(actions[index].criteria), "")
        numbers = [int(n) for n in re.findall(r"\d+", first)]
        if not numbers:
            return (2, [])
        return (1 if first.upper().startswith("M") else 0, numbers)

    return sorted(range(len(actions)), key=order)


def spans(keys: Sequence[object]) -> list[int]:
    """How many rows each run of equal keys covers: [a, a, b] -> [2, 0, 1]; 0 is covered from above. None never merges."""
    found = [0] * len(keys)
    start = 0
    for index, key in enumerate(keys):
        if index and (key is None or key != keys[index - 1]):
            start = index
        found[start] += 1
    return found


def _amount(amount: int | None) -> str | None:
    if amount is None:
        return None
    return "Không" if amount == 0 else money(amount)


def _says(said: str, budget: str, amount: str) -> bool:
    """Whether the resources as printed already name this budget."""
    if not said:
        return False
    return budget.lower() in said.lower() or bool(amount and amount in re.sub(r"(?<=\d)[.,\s](?=\d{3})", "", said))


def _dates(start: str | None, end: str | None) -> str | None:
    shown = [_date(d) for d in (start, end) if d]
    if not shown:
        return None
    if start and end:
        return shown[0] if start == end else " – ".join(shown)
    return f"Từ {shown[0]}" if start else f"Trước {shown[0]}"


def _date(iso: str) -> str:
    parts = iso.split("-")
    return clean("/".join(reversed(parts)))
