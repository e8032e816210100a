"""Words of one cell to the columns of its field, and what to say about them. Values only, but for who has left the school."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from caitien.web.plans.fields import FIELDS, STATUSES, Columns, Year
from caitien.web.plans.forms import LONGEST_TEXT
from caitien.web.ui.vietnamese import day

PEOPLE = ("responsible", "collaborators")
OF_LINES = ("budget", "funding_sources")  # when an action has budget lines these follow from them


class Refused(ValueError):
    """Words that cannot be saved; `str()` says why and what to do. `status`: of the answer when it is about the whole request."""

    def __init__(self, sentence: str, status: int = 422) -> None:
        super().__init__(sentence)
        self.status = status


def wanted_columns(field: str, words: str, row: Any, year: Year) -> Columns:
    """The columns that the words of a cell make. Raises Refused with a sentence."""
    if field not in FIELDS:
        raise Refused(_("Cột này không sửa được ở bảng."))
    if len(words) > LONGEST_TEXT:
        raise Refused(
            _("Ô này dài %(n)s chữ cái; nhiều nhất là %(most)s. Hãy rút ngắn, hoặc tách thành nhiều mục.")
            % {"n": len(words), "most": LONGEST_TEXT}
        )
    if field in OF_LINES and row.budget_lines:
        raise Refused(_("Mục này có các khoản kinh phí riêng, tổng tính từ các khoản. Hãy sửa ở trang của mục."))
    if field == "progress_status":
        return {"progress_status": _status(words, row)}
    if field == "progress_percent":
        return {"progress_percent": _percent(words)}
    if field == "criteria":
        words = _codes(words)
    if field in PEOPLE or field == "funding_sources":
        words = words.replace(";", "\n")
    return FIELDS[field].parsed({field: words}, row, year)


def doubt_of(field: str, row: Any, year: str | None, directory: Any = None) -> dict[str, str] | None:
    """What is to be asked about a cell that was just saved: {"say", "use"?}; None when all is clear.

    `directory`: the people of the school, when the field names some. The words stay as they were written.
    """
    if field == "period":
        from caitien.plan import Period
        from caitien.reading.pasted_doubts import period_doubt

        period = Period(
            text=row.period_text, kind=row.period_kind, start=row.period_start, end=row.period_end, recurrence=row.recurrence
        )  # fmt: skip
        return _asked(period_doubt(period, year))
    if field == "budget":
        from caitien.plan.money import parse_money
        from caitien.reading.pasted_doubts import money_doubt

        return _asked(
            money_doubt(row.budget_text, row.budget_vnd, 1, understood=parse_money(row.budget_text).understood)
        )
    if field in PEOPLE and directory is not None:
        for name in getattr(row, field):
            person = directory.match(name)
            if person is not None and person.left_on is not None:
                return {"say": _("%(who)s đã rời trường từ %(day)s. Việc này nên giao cho người khác.") % {"who": name, "day": day(person.left_on)}}  # fmt: skip
    return None


def _codes(words: str) -> str:
    """Codes as they are; out of other words ("Tiêu chí 1.2", "1.2 Cơ cấu tổ chức") the codes that they name."""
    if all(
        re.fullmatch(r"M?\d{1,2}(\.\d{1,2}){0,3}[a-zđ]?", part) for part in re.split(r"[,;\s]+", words.strip()) if part
    ):
        return words
    from caitien.plan.criteria import parse_criteria

    codes = parse_criteria(words)
    if not codes:
        raise Refused(_("Không đọc được mã tiêu chí trong “%s”. Hãy ghi như 1.2 hoặc 1.2, 3.1.") % words[:60])
    return ", ".join(codes)


def _asked(doubt: Any) -> dict[str, str] | None:
    if doubt is None:
        return None
    return {"say": doubt.message} | ({"use": doubt.suggestion} if doubt.suggestion else {})


def _status(words: str, row: Any) -> str | None:
    """A status by its name or by its word, so that a list can be pasted from Excel."""
    from caitien.plan.text import fold

    said = fold(words)
    if not said:
        return None
    for name, word in STATUSES.items():
        if name and said in (name, fold(str(word))) and (name != "overdue" or row.progress_status == "overdue"):
            return name
    if said == fold(str(STATUSES[""])):
        return None
    if said in ("chua thuc hien", "chua lam"):
        return "not_started"
    choices = ", ".join(str(word) for name, word in STATUSES.items() if name not in ("", "overdue"))
    raise Refused(
        _("“%(words)s” không phải là một mức độ. Hãy ghi một trong: %(choices)s.")
        % {"words": words[:60], "choices": choices}
    )


def _percent(words: str) -> int | None:
    said = words.strip().removesuffix("%").strip().replace(",", ".")
    if not said:
        return None
    try:
        number = float(said)
    except ValueError:
        number = -1
    if not 0 <= number <= 100 or number != int(number):
        raise Refused(_("“%s” không phải là phần trăm. Hãy ghi một số nguyên từ 0 đến 100.") % words[:60])
    return int(number)
