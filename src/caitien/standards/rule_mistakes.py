"""What is wrong with the rules of a framework: names that nothing has, asking for more than there is, circles."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from caitien.standards.model import Criterion, Framework
from caitien.standards.rules import Condition, CountCondition

Path = tuple[str | int, ...]

BUILT_IN_GROUPS = ("all", "mandatory", "others")


def rule_mistakes(framework: Framework) -> Iterator[tuple[Path, str]]:
    """Where in the file (keys and indices), and a Vietnamese sentence."""
    yield from _group_mistakes(framework)
    yield from _school_rule_mistakes(framework)
    yield from _points_mistakes(framework)
    yield from _prerequisite_mistakes(framework)


def criteria_places(framework: Framework) -> Iterator[tuple[Path, str | None, Criterion]]:
    """Where each criterion and Level 4 item stands, the code of its standard, and itself."""
    for s, standard in enumerate(framework.standards):
        for c, criterion in enumerate(standard.criteria):
            yield ("standards", s, "criteria", c), standard.code, criterion
    for i, item in enumerate(framework.level_items):
        yield ("level_items", i), None, item


def _group_mistakes(framework: Framework) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for i, group in enumerate(framework.groups):
        if group.id in BUILT_IN_GROUPS:
            yield ("groups", i, "id"), f"“{group.id}” là nhóm có sẵn, hãy đặt tên khác."
        if group.id in seen:
            yield ("groups", i, "id"), f"mã nhóm “{group.id}” dùng hai lần."
        seen.add(group.id)
        for n, code in enumerate(group.criteria):
            if framework.criterion(code) is None:
                yield ("groups", i, "criteria", n), f"không có tiêu chí “{code}”.{_near(code, framework.codes)}"
            elif code in group.criteria[:n]:
                yield ("groups", i, "criteria", n), f"tiêu chí “{code}” có hai lần trong nhóm."


def _school_rule_mistakes(framework: Framework) -> Iterator[tuple[Path, str]]:
    numbers = {level.number for level in framework.levels}
    ruled: set[int] = set()
    for i, rule in enumerate(framework.rules.school):
        path: Path = ("rules", "school", i)
        if rule.level not in numbers:
            yield (*path, "level"), f"khung này không có Mức {rule.level}."
        if rule.level in ruled:
            yield (*path, "level"), f"Mức {rule.level} có hai quy tắc."
        ruled.add(rule.level)
        if rule.after is not None and (rule.after >= rule.level or rule.after not in numbers):
            yield (*path, "after"), f"mức phải đạt trước Mức {rule.level} phải là một mức thấp hơn của khung này."
        for n, condition in enumerate(rule.conditions):
            for field, message in _condition_mistakes(framework, condition):
                yield (*path, "conditions", n, *field), message
    for missing in sorted(numbers - ruled):
        yield ("rules", "school"), f"chưa có quy tắc cho Mức {missing}."


def _condition_mistakes(framework: Framework, condition: Condition) -> Iterator[tuple[Path, str]]:
    groups = (*BUILT_IN_GROUPS, *(group.id for group in framework.groups))
    if condition.of not in groups:
        yield ("of",), f"không có nhóm “{condition.of}”.{_near(condition.of, groups)}"
        return
    members = [c for code in framework.group(condition.of) if (c := framework.criterion(code))]
    if isinstance(condition, CountCondition):
        if all(condition.level != level.number for level in framework.levels):
            yield ("level",), f"khung này không có Mức {condition.level}."
            return
        judged = sum(1 for c in members if c.level(condition.level))
        if judged == 0:
            yield ("of",), f"nhóm “{condition.of}” không có tiêu chí nào xét ở Mức {condition.level}."
        elif condition.needed(judged) > judged:
            yield ("at_least",), f"đòi {condition.at_least} mà nhóm “{condition.of}” chỉ có {judged} tiêu chí."
        return
    most = sum(c.max_points or 0 for c in members)
    band = condition.band
    if band.start is None and band.above is None:
        yield ("band",), "cần start (từ) hoặc above (trên)."
    elif most == 0:
        yield ("of",), f"nhóm “{condition.of}” không có tiêu chí nào được cho điểm (max_points)."
    elif not band.holds(most):
        yield ("band",), f"đòi {band.words} điểm mà nhóm “{condition.of}” nhiều nhất chỉ được {most:g}."


def _points_mistakes(framework: Framework) -> Iterator[tuple[Path, str]]:
    for path, _, criterion in criteria_places(framework):
        parts = [r.max_points for r in criterion.requirements if r.max_points is not None]
        if parts and criterion.max_points is None:
            yield path, f"các yêu cầu của “{criterion.code}” có điểm mà tiêu chí chưa có max_points."
        elif parts and criterion.max_points is not None and sum(parts) < criterion.max_points:
            yield (
                (*path, "max_points"),
                f"ghi {criterion.max_points:g} điểm mà các yêu cầu cộng lại chỉ có {sum(parts):g}.",
            )
        for n, level in enumerate(criterion.levels):
            if level.band is None:
                continue
            where: Path = (*path, "levels", n, "band")
            if criterion.max_points is None:
                yield where, f"tiêu chí “{criterion.code}” không có điểm (max_points)."
            elif level.band.start is None and level.band.above is None:
                yield where, "cần start (từ) hoặc above (trên)."
            elif not level.band.holds(criterion.max_points):
                yield where, f"đòi {level.band.words} điểm mà tiêu chí nhiều nhất chỉ được {criterion.max_points:g}."


def _prerequisite_mistakes(framework: Framework) -> Iterator[tuple[Path, str]]:
    places = {criterion.code: path for path, _, criterion in criteria_places(framework)}
    for path, _, criterion in criteria_places(framework):
        for n, code in enumerate(criterion.requires):
            if code not in places:
                yield (*path, "requires", n), f"không có tiêu chí “{code}”.{_near(code, framework.codes)}"
    for circle in _circles(framework):
        yield (*places[circle[0]], "requires"), f"các tiêu chí đòi nhau thành vòng: {' → '.join(circle)}."


def _circles(framework: Framework) -> Iterator[list[str]]:
    """Each circle of prerequisites once, from its first criterion in the file back to itself."""
    requires = {code: c.requires for code in framework.codes if (c := framework.criterion(code))}
    done: set[str] = set()
    for start in requires:
        way: list[tuple[str, Iterator[str]]] = [(start, iter(requires[start]))] if start not in done else []
        while way:
            code, rest = way[-1]
            following = next((c for c in rest if c in requires), None)
            on_way = [c for c, _ in way]
            if following is None:
                done.add(code)
                way.pop()
            elif following in on_way:
                yield [*on_way[on_way.index(following) :], following]
            elif following not in done:
                way.append((following, iter(requires[following])))


def _near(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.7)
    return f" Có phải “{near[0]}”?" if near else ""
