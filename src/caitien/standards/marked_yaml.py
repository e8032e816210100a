"""YAML -> plain values that remember the file and the line they stand on, so that a message can name both.

Only what a data file needs: no tags, no anchors (an anchor can blow a small file up), no double keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 40

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlProblem(Exception):
    """A file that is not readable YAML. `message` is a Vietnamese sentence; `line` counts from 1, None: the whole file."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class Place(NamedTuple):
    """Where a value stands; `line` counts from 1, None is the file as a whole."""

    file: str
    line: int | None


class Mapping(dict[str, Any]):
    """A dict that knows its place and that of each key."""

    __slots__ = ("place", "places")
    place: Place
    places: dict[str, Place]


class Sequence(list[Any]):
    """A list that knows its place and that of each item."""

    __slots__ = ("place", "places")
    place: Place
    places: list[Place]


def read(path: Path) -> Any:
    """The values of a YAML file, as Mapping, Sequence and scalars. Raises YamlProblem."""
    return parse(content_of(path), str(path))


def content_of(path: Path) -> bytes:
    """The bytes of a file, not too many. Raises YamlProblem."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise YamlProblem(f"tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB; một khung tiêu chuẩn không lớn như vậy.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise YamlProblem("không có tệp này.") from error
    except OSError as error:
        raise YamlProblem("không mở được tệp; hãy xem lại quyền đọc.") from error


def parse(content: bytes, file: str) -> Any:
    """The values of YAML text. `file` is the name that messages use. Raises YamlProblem."""
    if len(content) > MAX_BYTES:
        raise YamlProblem(f"tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB; một khung tiêu chuẩn không lớn như vậy.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = content.count(b"\n", 0, error.start) + 1
        raise YamlProblem("có chữ không phải UTF-8; hãy lưu lại tệp bằng mã UTF-8.", bad) from error
    loader = _LOADER(text)
    try:
        return _Builder(file, loader).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise YamlProblem(f"không đọc được YAML ({error.problem}).", line) from error
    except yaml.YAMLError as error:
        raise YamlProblem("không đọc được YAML (có ký tự không được phép).") from error
    finally:
        loader.dispose()


def place_of(value: Any, path: Iterable[str | int]) -> Place | None:
    """The place of the deepest part of `path` (keys and indices) that stands in `value`; None where unknown."""
    place: Place | None = getattr(value, "place", None)
    for step in path:
        if isinstance(value, Mapping) and isinstance(step, str) and step in value:
            place = value.places.get(step, place)
            value = value[step]
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value):
            place = value.places[step]
            value = value[step]
        else:
            break
    return place


class _Builder:
    """Values straight from the parser's events: the library's own composer recurses without a bound."""

    def __init__(self, file: str, loader: Any) -> None:
        self.file = file
        self.loader = loader

    def document(self) -> Any:
        self.loader.get_event()  # the stream begins
        if self.loader.check_event(yaml.StreamEndEvent):
            return None
        self.loader.get_event()  # the document begins
        value = self._value(self.loader.get_event(), 0)
        self.loader.get_event()  # and ends
        if not self.loader.check_event(yaml.StreamEndEvent):
            line = self.loader.get_event().start_mark.line + 1
            raise YamlProblem("tệp chỉ được có một phần (không dùng dòng ---).", line)
        return value

    def _value(self, event: Any, depth: int) -> Any:
        line = event.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise YamlProblem("các tầng lồng nhau quá sâu.", line)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise YamlProblem("không dùng neo (& và *) trong tệp này; hãy viết lại phần đó.", line)
        if event.tag is not None and event.tag != "!":
            raise YamlProblem("không dùng nhãn (!) trong tệp này.", line)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(line, depth)
        return self._sequence(line, depth)

    def _sequence(self, line: int, depth: int) -> Sequence:
        items = Sequence()
        items.place, items.places = Place(self.file, line), []
        while not isinstance(event := self.loader.get_event(), yaml.SequenceEndEvent):
            items.places.append(Place(self.file, event.start_mark.line + 1))
            items.append(self._value(event, depth + 1))
        return items

    def _mapping(self, line: int, depth: int) -> Mapping:
        result = Mapping()
        result.place, result.places = Place(self.file, line), {}
        while not isinstance(event := self.loader.get_event(), yaml.MappingEndEvent):
            key_line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlProblem("tên trường phải là chữ.", key_line)
            if event.value in result:
                raise YamlProblem(f"trường “{event.value}” viết hai lần.", key_line)
            result[event.value] = self._value(self.loader.get_event(), depth + 1)
            result.places[event.value] = Place(self.file, key_line)
        return result

    def _scalar(self, event: Any, line: int) -> Any:
        if not event.implicit[0]:  # in quotes, or a block of text
            return event.value
        tag = self.loader.resolve(yaml.ScalarNode, event.value, (True, False))
        if tag == "tag:yaml.org,2002:str":
            return event.value
        try:
            return self.loader.construct_object(yaml.ScalarNode(tag, event.value, event.start_mark))
        except (yaml.YAMLError, ValueError) as error:
            raise YamlProblem(f"không hiểu giá trị “{event.value}”.", line) from error
