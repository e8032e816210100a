"""A person's own framework file: what is wrong is said with file, line and field, and the others still load."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien import standards
from caitien.errors import FrameworkError

SMALL = """\
schema: caitien.framework/1
id: rieng-2027
title: Khung riêng của tỉnh
short_title: Khung riêng
document:
  kind: Quyết định
  number: 12/QĐ-SGDĐT
  subject: Đánh giá trường
  issued: 2027-01-05
  in_force: 2027-02-01
validity:
  start: 2027-02-01
school_levels: [tieu_hoc]
school_type: trường tiểu học
levels:
  - number: 1
    title: Mức 1
counts:
  standards: 1
  criteria: 2
  mandatory: 1
  requirements: 2
  by_level:
    - {level: 1, criteria: 2, requirements: 2}
confidence:
  - {fact: requirements, mark: single}
rules:
  criterion:
    text: Đạt khi mọi yêu cầu đạt.
  school:
    - level: 1
      text: Mọi tiêu chí bắt buộc đạt.
      conditions:
        - {of: mandatory, level: 1}
evidence:
  code: 'MC.{standard}.{criterion}.{number:02d}'
  pattern: 'MC\\.\\d+\\.\\d+\\.\\d{2}'
  example: MC.1.1.01
  citation: {opening: (, closing: )}
standards:
  - code: '1'
    title: Quản trị
    criteria:
      - code: '1.1'
        title: Kế hoạch
        mandatory: true
        levels:
          - level: 1
            requirements:
              - {code: 1.1.M1, text: Có kế hoạch.}
      - code: '1.10'
        title: Công khai
        levels:
          - level: 1
            requirements:
              - {code: 1.10.M1, text: Có công khai.}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CAITIEN_FRAMEWORKS", str(tmp_path))
    standards.forget()
    yield tmp_path
    standards.forget()


def problems_of(folder: Path, text: str) -> list[standards.Problem]:
    path = folder / "rieng-2027.yaml"
    path.write_text(text, encoding="utf-8")
    standards.forget()
    with pytest.raises(standards.FrameworkFileError) as caught:
        standards.check_file(path)
    assert all(p.file == str(path) for p in caught.value.problems)
    return caught.value.problems


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)


def test_a_good_file_in_the_folder_is_one_framework_more(folder: Path) -> None:
    (folder / "rieng-2027.yaml").write_text(SMALL, encoding="utf-8")
    standards.forget()
    assert standards.load("rieng-2027").group("mandatory") == ("1.1",)
    assert "rieng-2027" in [info.id for info in standards.available()]


@pytest.mark.parametrize(
    ("was", "becomes", "at", "field", "message"),
    [
        ("code: '1.10'", "code: 1.10", "code: 1.10", "standards[0].criteria[1].code", "dấu nháy ('1.1')"),
        ("title: Công khai", "titel: Công khai", "titel", "standards[0].criteria[1].titel", "Có phải “title”?"),
        ("        title: Kế hoạch\n", "", "code: '1.1'", "standards[0].criteria[0].title", "thiếu trường này"),
        ("code: '1.10'", "code: '1.1'", None, "standards[0].criteria[1].code", "“1.1” dùng hai lần"),
        ("code: '1.10'", "code: '2.1'", "code: '2.1'", "standards[0].criteria[1].code", "đứng trong tiêu chuẩn “1”"),
        ("issued: 2027-01-05", "issued: hôm qua", "issued", "document.issued", "“hôm qua” không phải ngày"),
        ("issued: 2027-01-05", "issued: 2027-03-05", "in_force", "document.in_force", "trước ngày ban hành"),
        ("of: mandatory", "of: mandatori", "of: mandatori", "rules.school[0].conditions[0].of", "“mandatory”?"),
        (
            "of: mandatory",
            "of: others, at_least: 3",
            "of: others",
            "rules.school[0].conditions[0].at_least",
            "chỉ có 1",
        ),
        (
            "of: mandatory, level: 1",
            "of: all, level: 2",
            "of: all",
            "rules.school[0].conditions[0].level",
            "không có Mức 2",
        ),
        ("criteria: 2\n", "criteria: 3\n", "criteria: 3", "counts.criteria", "ghi 3 nhưng trong tệp có 2"),
        (
            "school_levels: [tieu_hoc]",
            "school_levels: [cap_1]",
            "cap_1",
            "school_levels[0]",
            "“cap_1” không phải giá trị",
        ),
        ("mandatory: true", "mandatory: có", "mandatory: có", "standards[0].criteria[0].mandatory", "true hoặc false"),
        ("{code: 1.10.M1,", "{code: 1.1.M1.b,", "1.1.M1.b", None, "phải bắt đầu bằng mã tiêu chí “1.10.”"),
        ("example: MC.1.1.01", "example: MC-1", "example", "evidence.example", "không khớp"),
        ("pattern: 'MC", "pattern: '(MC", "pattern", "evidence.pattern", "biểu thức không đúng"),
        ("{number:02d}", "{nummer}", "{nummer}", "evidence.code", "chỉ dùng được"),
        ("title: Khung riêng của tỉnh", "title: ''", "title: ''", "title", "không được để trống"),
        ("  start: 2027-02-01", "  start: 2026-02-01", "start: 2026", "validity.start", "trước ngày văn bản"),
    ],
)
def test_a_slip_is_named_with_its_line_and_field(
    folder: Path, was: str, becomes: str, at: str | None, field: str | None, message: str
) -> None:
    assert was in SMALL
    text = SMALL.replace(was, becomes, 1)
    problems = problems_of(folder, text)
    found = [p for p in problems if message in p.message]
    assert found, problems
    if field is not None:
        assert found[0].field == field
    if at is not None:
        assert found[0].line == line_of(text, at)


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(folder: Path) -> None:
    text = SMALL.replace("issued: 2027-01-05", "issued: hôm qua").replace("code: '1.10'", "code: 1.10")
    problems = problems_of(folder, text)
    assert [p.field for p in problems] == ["document.issued", "standards[0].criteria[1].code"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("schema: [a\nid: b\n", 2, "không đọc được YAML"),
        ("id: a\ntitle: b\nid: c\n", 3, "trường “id” viết hai lần"),
        ("a: &x [1, 2]\nb: *x\n", None, "không dùng neo"),
        ("- a\n- b\n", None, "một bảng các trường"),
        ("", None, "một bảng các trường"),
        ("? [a, b]\n: c\n", 1, "tên trường phải là chữ"),
        ("a: !!python/object:os.system {}\n", 1, "không dùng nhãn"),
        ("id: a\n---\nid: b\n", 2, "chỉ được có một phần"),
        ("a: 2026-13-45\n", 1, "không hiểu giá trị “2026-13-45”"),
    ],
)
def test_what_is_not_plain_yaml_is_refused(folder: Path, text: str, line: int | None, message: str) -> None:
    problem = problems_of(folder, text)[0]
    assert message in problem.message
    if line is not None:
        assert problem.line == line


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_a_hundred_thousand_levels_are_refused_and_not_fallen_through(folder: Path, opening: str) -> None:
    problems_of(folder, opening * 100_000)


def test_bytes_that_are_not_utf8_are_refused_with_their_line(folder: Path) -> None:
    path = folder / "cu.yaml"
    path.write_bytes(b"schema: x\ntitle: K\xe5 ho\xb9ch\n")
    with pytest.raises(standards.FrameworkFileError, match="UTF-8") as caught:
        standards.check_file(path)
    assert caught.value.problems[0].line == 2


def test_a_bomb_of_anchors_is_refused_at_once(folder: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert "không dùng neo" in problems_of(folder, "\n".join(lines))[0].message


def test_a_bad_file_leaves_the_others_unharmed(folder: Path) -> None:
    (folder / "hong.yaml").write_text("schema: [", encoding="utf-8")
    (folder / "rieng-2027.yaml").write_text(SMALL, encoding="utf-8")
    standards.forget()
    ids = [info.id for info in standards.available()]
    assert "hong" not in ids
    assert len(ids) == 10
    assert [Path(p.file).name for p in standards.refused()] == ["hong.yaml"]
    with pytest.raises(FrameworkError):
        standards.load("hong")


def test_a_file_cannot_take_the_place_of_a_packaged_framework(folder: Path) -> None:
    (folder / "tt57-2026-gdtx.yaml").write_text(SMALL, encoding="utf-8")
    standards.forget()
    assert standards.load("tt57-2026-gdtx").title.startswith("Tiêu chuẩn bảo đảm chất lượng")
    assert "đã có khung “tt57-2026-gdtx”" in standards.refused()[0].message


def test_the_name_of_the_file_is_the_id(folder: Path) -> None:
    (folder / "ten-khac.yaml").write_text(SMALL, encoding="utf-8")
    standards.forget()
    with pytest.raises(standards.FrameworkFileError, match="phải là “ten-khac”"):
        standards.load("ten-khac")


def test_frameworks_that_extend_each_other_in_a_circle_are_refused(folder: Path) -> None:
    for own, other in (("vong-a", "vong-b"), ("vong-b", "vong-a")):
        (folder / f"{own}.yaml").write_text(f"schema: caitien.framework/1\nid: {own}\nextends: {other}\n", "utf-8")
    standards.forget()
    with pytest.raises(standards.FrameworkFileError, match="thành vòng: vong-a → vong-b → vong-a") as caught:
        standards.load("vong-a")
    assert caught.value.problems[0].line == 3


def test_a_base_that_does_not_exist_is_named_with_the_nearest(folder: Path) -> None:
    text = "schema: caitien.framework/1\nid: rieng-2027\nextends: tt17-2018-tieuhoc\n"
    assert problems_of(folder, text)[0].message == "không có khung “tt17-2018-tieuhoc”. Có phải “tt17-2018-tieu-hoc”?"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("set: {criterion: '9.9', title: Khác}", "khung gốc không có tiêu chí “9.9”"),
        ("set: {title: Khác}", "cần criterion"),
        ("replace_criteria: {standard: '7', criteria: []}", "không có tiêu chuẩn “7”"),
        ("remove: {criterion: '1.1'}", "phải là một trong"),
        ("add_level_items: 3", "phải là một danh sách"),
    ],
)
def test_a_change_that_fits_nothing_is_refused(folder: Path, change: str, message: str) -> None:
    text = f"schema: caitien.framework/1\nid: rieng-2027\nextends: tt17-2018-tieu-hoc\namend:\n  - {change}\n"
    problem = problems_of(folder, text)[0]
    assert message in problem.message
    assert problem.line == 5


def test_a_mistake_in_a_change_is_told_where_the_change_stands(folder: Path) -> None:
    text = (
        "schema: caitien.framework/1\nid: rieng-2027\nextends: tt17-2018-tieu-hoc\namend:\n"
        "  - set:\n      criterion: '1.2'\n      title: 12\n"
    )
    assert [(p.line, p.field) for p in problems_of(folder, text)] == [(7, "standards[0].criteria[1].title")]


@pytest.mark.parametrize("framework_id", ["tt57-2026-thpt", "", "../../etc/passwd", "tt57-2026-pho-thong "])
def test_an_unknown_id_is_refused_and_the_nearest_suggested(framework_id: str) -> None:
    with pytest.raises(standards.UnknownFramework):
        standards.load(framework_id)


# --- any damage at all


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in steps:
        yield (*way, key)
        yield from places(inner, (*way, key))


def small_raw() -> Any:
    from caitien.standards import marked_yaml

    return marked_yaml.parse(SMALL.encode(), "rieng.yaml")


WAYS = list(places(small_raw()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(way=st.sampled_from(WAYS), junk=st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers()))
def test_any_damage_gives_a_framework_or_a_message_with_a_line(way: tuple[Any, ...], junk: Any) -> None:
    from caitien.standards.validating import build_framework

    raw = copy.deepcopy(small_raw())
    holder = raw
    for step in way[:-1]:
        holder = holder[step]
    holder[way[-1]] = junk
    problems: list[standards.Problem] = []
    try:
        framework = build_framework(raw, "rieng.yaml")
    except standards.FrameworkFileError as error:
        problems = error.problems
        assert problems
    else:
        assert len(framework.codes) == 2
    assert all(problem.line and problem.message for problem in problems)


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_values_or_a_problem_and_never_another_error(content: bytes) -> None:
    from caitien.standards.marked_yaml import YamlProblem, parse

    message = "read"
    try:
        parse(content, "x.yaml")
    except YamlProblem as problem:
        message = problem.message
    assert message


def test_the_example_of_the_documentation_is_a_good_file(folder: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "frameworks.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    path = folder / "rieng-2027.yaml"
    path.write_text(example, encoding="utf-8")
    assert standards.check_file(path).codes == ("1.1", "1.10")
