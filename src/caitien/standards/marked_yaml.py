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
    try:
        if path.stat().st_size > MAX_BYTES:
            raise YamlProblem(f"tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB; một khung tiêu chuẩn không lớn như vậy.")
        return parse(path.read_bytes(), str(path))
    except FileNotFoundError as error:
        raise YamlProblem("không có tệp này.") from error
    except OSError as error:
        raise YamlProblem("không mở được tệp; hãy xem lại quyền đọc.") from error


def parse(content: bytes, file: str) -> Any:
    """The values of YAML text. `file` is the name that messages use. Raises YamlProblem."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise YamlProblem("có chữ không phải UTF-8; hãy lưu lại tệp bằng mã UTF-8.", line) from error
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _Builder(file, loader).build(node, 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblem(f"không đọc được YAML ({error.problem}).", mark.line + 1 if mark else 1) from error
    except yaml.YAMLError as error:
        raise YamlProblem("không đọc được YAML (có ký tự không được phép).") from error
    except RecursionError as error:
        raise YamlProblem("các tầng lồng nhau quá sâu.") from error
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
    def __init__(self, file: str, loader: Any) -> None:
        self.file = file
        self.loader = loader
        self.seen: set[int] = set()

    def build(self, node: Any, depth: int) -> Any:
        line = node.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise YamlProblem("các tầng lồng nhau quá sâu.", line)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, line)
        if id(node) in self.seen:
            raise YamlProblem("không dùng neo (& và *) trong tệp này; hãy viết lại phần đó.", line)
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, line, depth)
        items = Sequence(self.build(child, depth + 1) for child in node.value)
        items.place = Place(self.file, line)
        items.places = [Place(self.file, child.start_mark.line + 1) for child in node.value]
        return items

    def _mapping(self, node: Any, line: int, depth: int) -> Mapping:
        result = Mapping()
        result.place, result.places = Place(self.file, line), {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlProblem("tên trường phải là chữ.", key_line)
            key = key_node.value
            if key in result:
                raise YamlProblem(f"trường “{key}” viết hai lần.", key_line)
            result[key] = self.build(value_node, depth + 1)
            result.places[key] = Place(self.file, key_line)
        return result

    def _scalar(self, node: Any, line: int) -> Any:
        if node.tag == "tag:yaml.org,2002:str":
            return node.value
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            raise YamlProblem(f"không hiểu giá trị “{node.value}”.", line) from error
