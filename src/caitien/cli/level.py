"""`caitien level FILE`: the level of a school from its judgements, with reasons; one school or thousands."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from caitien.errors import CaiTienError

if TYPE_CHECKING:
    from caitien.standards import Question, SchoolResult


class LevelInputError(CaiTienError):
    """A line of the input that cannot be judged; the message names the line."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="TỆP",
        help="nhận định: một đối tượng JSON, hoặc JSON Lines (mỗi dòng một trường); “-” là đọc từ đầu vào chuẩn",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), help="dạng in ra (mặc định: text trên màn hình, json khi ghi ra nơi khác)"
    )
    parser.add_argument("--full", action="store_true", help="JSON có thêm kết quả từng tiêu chí, tiêu chuẩn, điều kiện")
    parser.add_argument(
        "--what-if",
        metavar="TIÊU_CHÍ:MỨC=NHẬN_ĐỊNH",
        action="append",
        default=[],
        help="xem mức sẽ ra sao nếu đổi một nhận định, ví dụ 1.3:2=met (trường nhiều cấp: thcs/1.3:2=met)",
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0; 2 (raised) for the first line that is malformed, with its number."""
    as_json = args.format == "json" or (args.format is None and not sys.stdout.isatty())
    changes = [_change(text) for text in args.what_if]
    with _opened(args.file) as stream:
        for n, (line, raw) in enumerate(_objects(stream, args.file)):
            with _told_with_line(line):
                _print(raw, changes, n, as_json=as_json, full=args.full)
    return 0


def _print(raw: object, changes: list[tuple[str, dict[str, Any]]], n: int, *, as_json: bool, full: bool) -> None:
    from caitien.standards import answer, read_question

    question = read_question(raw)
    result = answer(question)
    after = None
    if changes:
        changed = question
        for unit, change in changes:
            changed = changed.changed(change, unit)
        after = answer(changed)
    if as_json:
        value: dict[str, Any] = {"id": question.id} if question.has_id else {}
        value |= result.to_dict(full=full)
        if after is not None:
            value["what_if"] = after.to_dict(full=full)
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
        return
    if n:
        print()
    print(_text(question, result))
    if after is not None:
        print("\nNẾU " + ", ".join(_said(unit, change) for unit, change in changes))
        print(_text(question, after))


# --- reading: one object, or one a line


def _objects(stream: IO[bytes], name: str) -> Iterator[tuple[int, object]]:
    """Each value of the input with the line on which it begins. Raises LevelInputError.

    Lines are JSON Lines when the first one that is not blank is a JSON value by itself; else the whole is one object.
    """
    lines = enumerate(stream, 1)
    first = next(((n, line) for n, line in lines if line.strip(b" \t\r\n\xef\xbb\xbf")), None)
    if first is None:
        raise LevelInputError(f"{_named(name)} trống: cần một đối tượng JSON hoặc mỗi dòng một đối tượng.")
    number, line = first
    try:
        yield number, _parsed(line, number)
    except LevelInputError as error:
        yield number, _whole(number, line, lines, error)
        return
    for number, line in lines:
        if line.strip():
            yield number, _parsed(line, number)


def _whole(number: int, first: bytes, lines: Iterator[tuple[int, bytes]], error: LevelInputError) -> object:
    """One object over many lines; `error` is what is wrong with its first line if it were JSON Lines."""
    rest = [line for _, line in lines]
    following = next((line for line in rest if line.strip()), b"")
    if not following or _is_object(following):
        raise error
    return _parsed(first + b"".join(rest), number)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _parsed(content: bytes, first_line: int) -> object:
    try:
        text = content.decode("utf-8-sig").rstrip()  # a line cut short is wrong on its own line, not on the next
    except UnicodeDecodeError as error:
        line = first_line + content.count(b"\n", 0, error.start)
        raise LevelInputError(f"Dòng {line}: có chữ không phải UTF-8; hãy lưu lại tệp bằng mã UTF-8.") from None
    try:
        return json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise LevelInputError(f"Dòng {line}: không phải JSON đúng (cột {error.colno}).") from None
    except RecursionError:
        raise LevelInputError(f"Dòng {first_line}: JSON lồng nhau quá sâu.") from None
    except _Uncertain as error:
        raise LevelInputError(f"Dòng {first_line}: {error}") from None
    except ValueError:
        raise LevelInputError(f"Dòng {first_line}: có một số quá dài.") from None


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A name twice in one object: which one is meant nobody can know."""
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise _Uncertain(f"“{double}” ghi hai lần trong một đối tượng.")
    return result


def _no_constant(name: str) -> object:
    raise _Uncertain(f"“{name}” không phải là số.")


class _Uncertain(ValueError):
    """JSON that parses and still says nothing certain."""


@contextmanager
def _told_with_line(line: int) -> Iterator[None]:
    try:
        yield
    except CaiTienError as error:
        raise LevelInputError(f"Dòng {line}: {error}") from None


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = open(name, "rb")  # noqa: SIM115 - closed below; the error is told apart from those of reading
    except FileNotFoundError:
        raise LevelInputError(f"Không tìm thấy tệp {name}.") from None
    except OSError as error:
        raise LevelInputError(f"Không mở được tệp {name}: {error.strerror or error}.") from None
    with stream:
        yield stream


def _named(name: str) -> str:
    return "Đầu vào chuẩn" if name == "-" else f"Tệp {name}"


# --- what-if


def _change(text: str) -> tuple[str, dict[str, Any]]:
    """ "thcs/1.3:2=met" -> ("thcs", {"1.3": {"2": "met"}}); "M4.1=met" for a criterion of one level."""
    where, equals, word = text.partition("=")
    unit, slash, place = where.rpartition("/")
    code, _, level = place.partition(":")
    if not equals or not code or (slash and not unit):
        raise LevelInputError(f"Không hiểu “{text}”; viết như 1.3:2=met.")
    return unit, {code: {level: word} if level else word}


def _said(unit: str, change: dict[str, Any]) -> str:
    words = {"met": "đạt", "not_met": "không đạt", "not_judged": "chưa xét"}
    code, given = next(iter(change.items()))
    level, word = next(iter(given.items())) if isinstance(given, dict) else ("", given)
    where = f"{unit}: " if unit else ""
    return f"{where}{code} {words.get(word, word)}" + (f" Mức {level}" if level else "")


# --- for eyes


def _text(question: Question, result: SchoolResult) -> str:
    head = [f"{question.id}" if question.has_id else None, question.framework.short_title]
    lines = [" · ".join(part for part in head if part), *result.reasons]
    for group in result.groups:
        lines.append(f"Nhóm “{group.title}”: {group.points:g} trong {group.most:g} điểm.")
    if result.blocking:
        lines += ["", "Còn thiếu cho mức tiếp theo (ít nhất trước):"]
        lines += [f"  {n}. {blocker.reason}" for n, blocker in enumerate(result.blocking, 1)]
    if result.warnings:
        lines += ["", "Cần xem lại:", *(f"  - {warning}" for warning in result.warnings)]
    return "\n".join(lines)
