"""Whether a self-assessment council is as the circular wants it: each condition by itself, with the exact fault.

The conditions and their numbers are data (`councils.yaml`), because the signed circular has not been seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from caitien.assessment.model import Council
from caitien.plan.people import split_people
from caitien.plan.text import one_space


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition and whether it holds. `fault`: one Vietnamese sentence that names what is wrong; None when it holds.

    `rule`: what is asked, in words; `source`: circular and place; `confidence`: "C", "S", "R", or None when it is a
    check of the program and no demand of a circular.
    """

    id: str
    rule: str
    fault: str | None
    source: str
    confidence: str | None

    @property
    def holds(self) -> bool:
        return self.fault is None


def conditions(council: Council, framework: str, criteria: Sequence[str] = ()) -> tuple[Condition, ...]:
    """The conditions of the framework's family, in the order of the circular. `criteria`: codes that need a writer.

    A framework of no known family has none. A council without members is not asked what only its members can fail.
    """
    family = next((rules for prefix, rules in _families().items() if framework.startswith(prefix)), None)
    if family is None:
        return ()
    found = []
    for entry in family["conditions"]:
        if not council.members and entry["id"] in _ABOUT_MEMBERS:
            continue  # nobody yet: neither held nor a fault of its own, the first condition says what to do
        rule, fault = CHECKS[entry["id"]](council, criteria, entry)
        source = f"{family['source']}, {entry['where']}" if entry["confidence"] else entry["where"]
        found.append(Condition(entry["id"], rule, fault, source, entry["confidence"]))
    return tuple(found)


def _size(council: Council, _criteria: Sequence[str], entry: dict[str, Any]) -> tuple[str, str | None]:
    least, count = entry["at_least"], len(council.members)
    fault = f"Hội đồng có {count} thành viên, còn thiếu {least - count} người." if count < least else None
    return f"Có ít nhất {least} thành viên", fault


def _odd(council: Council, _criteria: Sequence[str], _entry: dict[str, Any]) -> tuple[str, str | None]:
    count = len(council.members)
    fault = f"Hội đồng có {count} thành viên, là số chẵn: hãy thêm hoặc bớt một người." if count % 2 == 0 else None
    return "Số thành viên là số lẻ", fault


def _one(role: str, word: str) -> Callable[[Council, Sequence[str], dict[str, Any]], tuple[str, str | None]]:
    def check(council: Council, _criteria: Sequence[str], _entry: dict[str, Any]) -> tuple[str, str | None]:
        names = [member.name for member in council.members if member.role == role]
        if not names:
            fault = f"Chưa có {word}."
        elif len(names) > 1:
            fault = f"Có {len(names)} {word}: {', '.join(names)}; chỉ được một."
        else:
            fault = None
        return f"Có đúng một {word}", fault

    return check


def _everyone_has_a_task(council: Council, _criteria: Sequence[str], _entry: dict[str, Any]) -> tuple[str, str | None]:
    busy = {_key(name) for group in council.groups for name in _named(group.leader, *group.members)}
    idle = [
        member.name
        for member in council.members
        if not any(one_space(task) for task in member.tasks) and _key(member.name) not in busy
    ]
    fault = f"Chưa được giao việc: {', '.join(idle)}." if idle else None
    return "Mỗi thành viên được giao việc cụ thể", fault


def _named_once(council: Council, _criteria: Sequence[str], _entry: dict[str, Any]) -> tuple[str, str | None]:
    count = Counter(_key(member.name) for member in council.members)
    twice = list(dict.fromkeys(member.name for member in council.members if count[_key(member.name)] > 1))
    fault = f"Ghi hai lần trong danh sách: {', '.join(twice)}." if twice else None
    return "Mỗi người có tên một lần", fault


def _every_criterion_has_a_writer(
    council: Council, criteria: Sequence[str], _entry: dict[str, Any]
) -> tuple[str, str | None]:
    given = {code for group in council.groups for code in group.criteria}
    left = [code for code in criteria if code not in given]
    fault = f"Chưa có nhóm nào viết tiêu chí: {', '.join(left)}." if left else None
    return "Tiêu chí nào cũng có người viết", fault


def _decided(council: Council, _criteria: Sequence[str], _entry: dict[str, Any]) -> tuple[str, str | None]:
    missing = [
        word
        for word, value in (("số", council.decision.number), ("ngày", council.decision.date))
        if not one_space(value or "")
    ]
    fault = f"Quyết định thành lập hội đồng chưa có {' và '.join(missing)}." if missing else None
    return "Có quyết định thành lập, đủ số và ngày", fault


_ABOUT_MEMBERS = ("odd", "everyone_has_a_task", "named_once")
CHECKS: dict[str, Callable[[Council, Sequence[str], dict[str, Any]], tuple[str, str | None]]] = {
    "size": _size,
    "odd": _odd,
    "one_chair": _one("chair", "chủ tịch"),
    "one_secretary": _one("secretary", "thư ký"),
    "everyone_has_a_task": _everyone_has_a_task,
    "named_once": _named_once,
    "every_criterion_has_a_writer": _every_criterion_has_a_writer,
    "decided": _decided,
}


def _named(*names: str | None) -> list[str]:
    return [person for name in names if name for person in split_people(name)]


def _key(name: str) -> str:
    return one_space(name).casefold()  # a tone mark makes another person


@cache
def _families() -> dict[str, Any]:
    text = files("caitien.assessment").joinpath("councils.yaml").read_text(encoding="utf-8")
    families: dict[str, Any] = yaml.safe_load(text)
    return families
