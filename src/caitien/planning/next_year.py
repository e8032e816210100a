"""Next year's plan out of this year's: unfinished actions carried, finished ones as results, the rest listed to decide.

Nothing is decided here that a person should decide: words are kept, and what is doubtful stands in `decisions`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caitien.errors import CaiTienError, FrameworkError
from caitien.plan.comparing import title_of
from caitien.plan.model import Action, ImprovementPlan, Period, PriorResult, Progress, Provenance
from caitien.plan.money import format_vnd
from caitien.plan.periods import DEFAULT_TERMS, TermDates, years_of
from caitien.plan.showing import quoted_pair
from caitien.plan.text import one_space
from caitien.planning.criteria import under_framework
from caitien.planning.decisions import KIND_WORDS, Decision
from caitien.planning.issues import propose_issues
from caitien.planning.moving import move_period, shift_years, years_in
from caitien.planning.paper import move_paper
from caitien.standards import framework_on, load, school_year_day

TEXTS_OF_WHAT_COMES = ("content", "objective", "measures", "indicators", "expected_evidence", "note")
"""Fields that speak of what is to be done, where last year's dates would be wrong."""


@dataclass(frozen=True, slots=True)
class Link:
    """An action of the old plan and what became of it: `new` is its place in the new plan (None: not carried)."""

    old: int
    new: int | None
    number: str


@dataclass(frozen=True, slots=True)
class NextYear:
    """`plan`: the draft; `decisions`: what people have to settle, in the order of the list on screen.

    `carried`, `finished`, `dropped`: the actions of the old plan by what became of them; `warnings`: Vietnamese sentences.
    """

    plan: ImprovementPlan
    decisions: tuple[Decision, ...]
    carried: tuple[Link, ...]
    finished: tuple[Link, ...]
    dropped: tuple[Link, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """What is known while the plan is made."""

    old: ImprovementPlan
    from_year: str
    to_year: str
    today: date
    terms: TermDates
    new_terms: TermDates
    decisions: list[Decision] = field(default_factory=list)

    def ask(
        self, kind: Any, place: str, sentence: str, value: Any = None, action: str | None = None, **more: Any
    ) -> None:
        self.decisions.append(Decision(kind, place, sentence, value, action, **more))


def next_year(
    plan: ImprovementPlan,
    *,
    to_year: str,
    today: date,
    framework: str | None = None,
    terms: TermDates = DEFAULT_TERMS,
    new_terms: TermDates | None = None,
) -> NextYear:
    """The draft of a plan for `to_year` ("2026-2027"); the plan given does not change.

    `today`: the day on which the plan is made; `framework`: id of the framework it is made under (None: the old one);
    `terms`, `new_terms`: when the terms of the old and of the new school year begin and end (None: as the old one's).
    An unfinished action is carried with `continues` {school_year, number, criteria, content, id?}; what it had reached
    goes to its `prior` list; its status begins anew. Finished actions become `prior_results` of the new plan. A new
    framework's criteria are proposed by the crosswalk and wait for `caitien.standards.confirm`.
    Raises CaiTienError: a plan without a school year, a year that does not come after it, no way between frameworks.
    """
    draft = _Draft(plan, *_years(plan, to_year), today, terms, new_terms or terms)
    plan = plan.model_copy(deep=True)
    carried, finished, dropped = _sorted_out(draft)
    actions = [_carried(draft, old, new) for new, old in enumerate(carried)]
    new = move_paper(plan, draft.from_year, to_year, framework, today, draft.decisions)
    new.actions = actions
    new.prior_results = _results(draft, carried, finished)
    _people(draft, actions)
    new, warnings = under_framework(new, framework, draft.decisions)
    warnings = [*_gap(draft), *warnings]
    new.level_reached = None  # last year's; the paper's results say it
    if framework is None:
        _framework_in_force(draft)
    new = propose_issues(new, plan, draft.from_year, draft.decisions)
    order = list(KIND_WORDS)
    return NextYear(
        new,
        tuple(sorted(draft.decisions, key=lambda d: order.index(d.kind))),
        tuple(Link(old, n, _number(plan, old)) for n, old in enumerate(carried)),
        tuple(Link(old, None, _number(plan, old)) for old in finished),
        tuple(Link(old, None, _number(plan, old)) for old in dropped),
        tuple(warnings),
    )


def _years(plan: ImprovementPlan, to_year: str) -> tuple[str, str]:
    years, target = years_of(plan.school_year), years_of(to_year)
    if target is None:
        raise CaiTienError(f"“{to_year}” không phải một năm học; hãy ghi như 2026-2027.")
    if years is None:
        raise CaiTienError("Kế hoạch cũ chưa ghi năm học, nên chưa biết chuyển từ năm nào; hãy điền năm học trước.")
    if target[0] <= years[0]:
        raise CaiTienError(f"Năm học {to_year} không đến sau năm học {plan.school_year} của kế hoạch cũ.")
    return f"{years[0]}-{years[1]}", f"{target[0]}-{target[1]}"


def _gap(draft: _Draft) -> list[str]:
    """Said when there are school years between the two plans."""
    years, target = years_of(draft.from_year), years_of(draft.to_year)
    between = target[0] - years[0] - 1 if years and target else 0
    if between < 1:
        return []
    return [
        f"Giữa hai kế hoạch còn {between} năm học không có kế hoạch nào ở đây: "
        f"kết quả và tiến độ là của năm học {draft.from_year}, hãy xem lại từng mục."
    ]


def _number(plan: ImprovementPlan, index: int) -> str:
    return title_of({"number": plan.actions[index].number}, index)


# --- which actions come along


def _sorted_out(draft: _Draft) -> tuple[list[int], list[int], list[int]]:
    """Indices of the actions that are carried, finished and dropped."""
    carried: list[int] = []
    finished: list[int] = []
    dropped: list[int] = []
    silent: list[str] = []
    for i, action in enumerate(draft.old.actions):
        name = _number(draft.old, i)
        if action.progress.status == "done":
            finished.append(i)
            if _comes_again(action):
                said = f"Mục {name} đã hoàn thành nhưng là việc “{one_space(action.period.text)}”: có đưa vào kế hoạch {draft.to_year} không?"
                draft.ask("repeat", "/actions/-", said, _as_carried(draft, i), name)
        elif action.progress.status == "dropped":
            dropped.append(i)
            said = f"Mục {name} đã dừng thực hiện: có làm lại trong năm học {draft.to_year} không?"
            draft.ask("dropped", "/actions/-", said, _as_carried(draft, i), name)
        else:
            carried.append(i)
            if action.progress.status is None:
                silent.append(name)
    places = {_number(draft.old, old): new for new, old in enumerate(carried)}
    if len(silent) > 3:
        said = f"{len(silent)} mục chưa ghi mức độ thực hiện (số {_named(silent)} của kế hoạch cũ): đang coi là chưa xong và chuyển tiếp; mục nào đã xong thì bỏ ra."
        draft.ask("status", "/actions", said)
    else:
        for name in silent:
            said = f"Mục {name} chưa ghi mức độ thực hiện: đang coi là chưa xong và chuyển tiếp; nếu đã xong thì bỏ ra."
            draft.ask("status", f"/actions/{places[name]}", said, action=str(places[name] + 1))
    return carried, finished, dropped


def _comes_again(action: Action) -> bool:
    return action.period.kind in ("yearly", "ongoing", "recurring") or action.period.recurrence is not None


def _named(numbers: list[str], most: int = 8) -> str:
    return ", ".join(numbers[:most]) + ("…" if len(numbers) > most else "")


# --- one action


def _carried(draft: _Draft, old: int, new: int) -> Action:
    action = _moved_action(draft, old)
    place, name = f"/actions/{new}", str(new + 1)
    was = draft.old.actions[old].period
    moved = move_period(
        was, draft.from_year, draft.to_year, today=draft.today, terms=draft.terms, new_terms=draft.new_terms
    )
    action.period = moved.period
    action.number = new + 1
    if moved.doubt:
        words = f"thời gian “{one_space(was.text)}” " if one_space(was.text) else ""
        said = f"Mục {name}: {words}{moved.doubt}"
        said += f"; đề xuất “{moved.proposed}”." if moved.proposed else "; hãy ghi lại."
        draft.ask("period", f"{place}/period/text", said, moved.proposed, name)
    _texts(draft, action, place, name)
    amount = action.resources.budget_vnd
    if amount:
        said = (
            f"Mục {name}: kinh phí {format_vnd(amount)} là của năm học {draft.from_year}; giữ nguyên hay dự toán lại?"
        )
        draft.ask("money", f"{place}/resources/budget_vnd", said, amount, name, applied=True)
    return action


def _as_carried(draft: _Draft, old: int) -> dict[str, Any]:
    """A row that is not carried as it would stand in the new plan."""
    action = _moved_action(draft, old)
    years = (draft.from_year, draft.to_year)
    action.period = move_period(action.period, *years, terms=draft.terms, new_terms=draft.new_terms).period
    return action.model_dump(mode="json")


def _moved_action(draft: _Draft, index: int) -> Action:
    """A copy that continues the old action: nothing reached yet, what was reached beside it."""
    old = draft.old.actions[index]
    action = old.model_copy(deep=True)
    link: dict[str, Any] = {
        "school_year": draft.from_year,
        "number": old.number if old.number is not None else index + 1,
        "criteria": list(old.criteria),
        "content": old.content,
    }
    extra = action.model_extra if action.model_extra is not None else {}
    if extra.pop("id", None) is not None:
        link["id"] = str((old.model_extra or {})["id"])
    reached = {
        "school_year": draft.from_year,
        "number": link["number"],
        "criteria": link["criteria"],
        "status": old.progress.status,
        "percent": old.progress.percent,
        "text": old.progress.text,
        "result": old.result,
    }
    extra["continues"] = link
    extra["prior"] = [*extra.get("prior", []), reached]
    for name in ("carried", "proposed", "answers_issue"):
        extra.pop(name, None)
    action.measures_done, action.evidence_at_hand = [], []
    for indicator in action.indicator_values:  # the new year begins where the old one came to
        indicator.baseline, indicator.actual = indicator.actual or indicator.baseline, None
    for line in action.resources.lines:
        line.spent_vnd = None
    action.progress = Progress(status="not_started")
    action.result = None
    action.provenance = Provenance()
    action.alternatives = []
    if action.period is None:
        action.period = Period()
    return action


def _texts(draft: _Draft, action: Action, place: str, name: str) -> None:
    """Words that name the old school year: proposed anew, never changed."""
    years = years_of(draft.from_year)
    target = years_of(draft.to_year)
    assert years is not None
    assert target is not None
    for field_name in TEXTS_OF_WHAT_COMES:
        value = getattr(action, field_name)
        for n, text in enumerate(value if isinstance(value, list) else [value]):
            shifted = shift_years(text or "", years, target[0] - years[0])
            if shifted != (text or ""):
                where = f"{place}/{field_name}/{n}" if isinstance(value, list) else f"{place}/{field_name}"
                named = next(y for y in years_in(text) if y in years)
                was, now = quoted_pair(text, shifted)
                said = f"Mục {name}: {was} còn ghi năm {named}; đề xuất {now}."
                draft.ask("text", where, said, shifted, name)


# --- the whole plan


def _results(draft: _Draft, carried: list[int], finished: list[int]) -> list[PriorResult]:
    """What last year brought: a line that counts, then each finished action with its result."""
    year = draft.from_year
    count = len(draft.old.actions)
    lines = [
        f"Hoàn thành {len(finished)}/{count} nội dung; {len(carried)} nội dung chuyển tiếp sang năm học {draft.to_year}."
    ]
    for i in finished:
        action = draft.old.actions[i]
        criteria = f" (tiêu chí {', '.join(action.criteria)})" if action.criteria else ""
        content = one_space(action.content) or "; ".join(map(one_space, action.measures))
        result = one_space(action.result) or one_space(action.progress.text)
        lines.append(
            f"Mục {_number(draft.old, i)}{criteria}: {content.rstrip('.; ')}. Kết quả: {result or 'hoàn thành'}"
        )
    draft.ask(
        "results",
        "/prior_results",
        f"Hãy điền kết quả tự đánh giá năm học {year}: số tiêu chí đạt từng mức, mức của trường.",
    )
    return [PriorResult(school_year=year, text=line) for line in lines]


def _people(draft: _Draft, actions: list[Action]) -> None:
    people = list(
        dict.fromkeys(one_space(p) for a in actions for p in (*a.responsible, *a.collaborators) if one_space(p))
    )
    if people:
        said = f"{len(people)} người, đơn vị phụ trách chép từ năm trước ({_named(people, 6)}): ai đã chuyển công tác hay đổi việc thì phân công lại."
        draft.ask("people", "/actions", said)
    nobody = [str(n) for n, a in enumerate(actions, 1) if not a.responsible]
    if nobody:
        draft.ask("people", "/actions", f"{len(nobody)} mục chưa có người phụ trách ({_named(nobody)}).")


def _framework_in_force(draft: _Draft) -> None:
    """Says when the old framework does not apply to the new year any more, or is not known."""
    day = school_year_day(draft.to_year)
    old = draft.old.framework
    if day is None:
        return
    try:
        framework = load(old) if old else None
    except FrameworkError:
        framework = None
    if framework is not None and framework.validity.covers(day):
        return
    if framework is not None:
        said = f"Khung {framework.short_title} không còn áp dụng cho năm học {draft.to_year}"
    else:
        said = f"Không có khung “{old}” ở đây" if old else "Kế hoạch chưa ghi khung tiêu chuẩn"
    level = draft.old.school.level
    newer = framework_on(level, day) if level else None
    said += f"; khung áp dụng cho năm học {draft.to_year} là {newer}." if newer else "; hãy chọn khung đang áp dụng."
    draft.ask("framework", "/framework", said, newer)
