"""A deadline that has passed while the progress still says "đang", "chưa", or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from caitien.checking.rule import Context, Rule, finding, rows, where
from caitien.plan.days import last_day
from caitien.plan.model import Action, Finding
from caitien.plan.periods import FIRST_MONTH_OF_PLAN
from caitien.plan.text import one_space

# "Đã ký quy chế", "Đã lập danh sách" may be all that was to be done: only words that say "not yet" count.
# With their marks: "đăng ký" is not "đang".
_NOT_YET = re.compile(r"\b(đang|chưa|một phần|tiếp tục|còn (lại|thiếu)|sắp|sẽ)\b")


def _find(context: Context) -> Iterator[Finding]:
    plan, years, today = context.plan, context.years, context.today
    if not any(action.progress.text or action.progress.status for action in plan.actions):
        return  # a layout without progress says nothing
    late = [i for i, action in enumerate(plan.actions) if _is_late(action, years, today)]
    if years and today > date(years[1], 8, 31) and len(late) > 1:
        yield finding(
            RULE.id,
            RULE.severity,
            f"Năm học {plan.school_year} đã kết thúc mà {len(late)} mục còn ghi đang làm, chưa làm hoặc để trống tiến độ ({rows(plan, late)}).",
            field="progress",
        )
        return
    for i in late:
        action = plan.actions[i]
        end = last_day(action.period.end)
        printed = f"{action.period.text}, đến " if action.period.text else "hạn "
        said = f"tiến độ vẫn ghi “{action.progress.text}”" if action.progress.text else "chưa ghi tiến độ"
        yield finding(
            RULE.id,
            RULE.severity,
            f"{where(plan, i)}: đã quá hạn ({printed}{end:%d/%m/%Y}) mà {said}.",
            action=i,
            field="progress",
            quote=action.progress.text or action.period.text,
        )


def _is_late(action: Action, years: tuple[int, int] | None, today: date) -> bool:
    end = last_day(action.period.end)
    if end is None or end >= today or action.progress.status in ("done", "dropped"):
        return False
    if years and end < date(years[0], FIRST_MONTH_OF_PLAN, 1):
        return False  # last year's date that was not changed: stale-date says so
    text = one_space(action.progress.text).lower()
    if not text or (action.progress.percent is not None and action.progress.percent < 100):
        return True
    return action.progress.status in ("not_started", "overdue") or bool(_NOT_YET.search(text))


RULE = Rule(
    id="overdue",
    severity="warning",
    title="Quá hạn",
    explanation="Hạn đã qua mà tiến độ vẫn ghi đang thực hiện, chưa hoàn thành hoặc để trống. Hãy cập nhật kết quả, hoặc gia hạn và ghi lý do.",
    source="Thông tư 57/2026/TT-BGDĐT, Biểu 2 cột 10 và mục VI: theo dõi, điều chỉnh ít nhất hai lần mỗi năm học",
    find=_find,
)
