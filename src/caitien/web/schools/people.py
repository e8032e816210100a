"""The people of a school as plans name them: from printed words to rows of `Person`, and from a user to her rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from simple_history.utils import bulk_create_with_history

from caitien.plan.text import fold, one_space
from caitien.web.schools import names
from caitien.web.schools.models import GroupMember, Person, School


class Directory:
    """All people of a school, for finding whom a printed text means. Made from one query: `Directory.of(school)`.

    A text means somebody when it is one of her aliases, her name (with or without her post, and however she is
    addressed), or a post that she alone holds. Names that differ by a tone are different people, unless one of the two
    was typed without any; a given name alone ("Đ/c Mẩy") is nobody until somebody says so by an alias.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self.people: list[Person] = []
        self._words: dict[str, list[Person]] = defaultdict(list)
        self._names: dict[str, list[Person]] = defaultdict(list)
        self._bare: dict[str, list[Person]] = defaultdict(list)
        self._posts: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self.add(person)

    @classmethod
    def of(cls, school: Any) -> Directory:
        return cls(Person.objects.for_school(school).filter(merged_into=None).order_by("id"))

    def add(self, person: Person) -> None:
        self.people.append(person)
        for words in (str(person), *person.aliases):
            _put(self._words[names.key(words)], person)
        _put(self._names[names.key(person.name)], person)
        _put(self._bare[fold(person.name)], person)
        if person.role_title:
            _put(self._posts[names.post_key(person.role_title)], person)
        elif person.kind == Person.Kind.PERSON and not names.is_full_name(person.name):
            _put(self._posts[names.post_key(person.name)], person)  # "Hiệu trưởng", whose name is not known yet

    def match(self, text: str) -> Person | None:
        """The person or group that the text means; None when there is none, or several that it could be."""
        text = one_space(text)
        if not text:
            return None
        if found := _one(self._words.get(names.key(text), [])):
            return found
        said = names.read(text)
        by_name = self._names.get(names.key(said.name), []) or self._without_tones(said.name)
        if by_name:
            same_post = [p for p in by_name if said.role and names.post_key(p.role_title) == names.post_key(said.role)]
            return _one(same_post or by_name)
        if said.role:
            return None  # a full name that we do not have: somebody new in that post
        return _only(self._posts.get(names.post_key(said.name), []))

    def _without_tones(self, name: str) -> list[Person]:
        found = self._bare.get(fold(name), [])
        if names.has_no_tones(name):
            return found if len(found) == 1 else []
        return [person for person in found if names.has_no_tones(person.name)]


def _put(into: list[Person], person: Person) -> None:
    if person not in into:
        into.append(person)


def _present(people: list[Person]) -> list[Person]:
    return [person for person in people if person.left_on is None]


def _one(people: list[Person]) -> Person | None:
    """Who is meant when several have the same name: who is still here, then the oldest row."""
    return next(iter([*_present(people), *people]), None)


def _only(people: list[Person]) -> Person | None:
    """Who holds the post alone, among those still here."""
    present = _present(people)
    return present[0] if len(present) == 1 else None


def ensure(school: School, texts: Iterable[str], *, user: Any = None) -> dict[str, Person]:
    """The person of each printed text; rows are made for those that are not known yet.

    `texts` as printed ("Lò Thị Mẩy (Hiệu trưởng)", "Tổ KHTN"); empty ones are passed over. Two queries when all are
    known, a constant few more when not. `user` stands in the history of the new rows.
    """
    wanted = list(dict.fromkeys(text for text in texts if one_space(text)))
    if not wanted:
        return {}
    directory = Directory.of(school)
    found = {text: person for text in wanted if (person := directory.match(text))}
    missing = [text for text in wanted if text not in found]
    if not missing:
        return found
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).only("pk").get(
            pk=school.pk
        )  # two editors must not make one person twice
        directory = Directory.of(school)
        made: list[Person] = []
        # Texts with a name and a post first: "Hiệu trưởng" alone is then whoever holds the post.
        for text in sorted(missing, key=lambda text: not names.read(text).role):
            person = directory.match(text)
            if person is None:
                person = from_text(school, text)
                made.append(person)
                directory.add(person)
            found[text] = person
        if made:
            bulk_create_with_history(made, Person, default_user=user if getattr(user, "pk", None) else None)
    return {text: found[text] for text in wanted}


def from_text(school: School, text: str) -> Person:
    """A new row, not saved, for a printed text: its name, its post, person or group; the text as printed stays an alias."""
    said = names.read(text)
    printed = one_space(text)
    name = said.name or printed
    aliases = [] if names.key(printed) == names.key(name) or len(printed) == 0 else [printed]
    if len(name) > names.LONGEST:
        aliases, name = [printed], f"{name[: names.LONGEST - 1]}…"
    kind = Person.Kind.GROUP if not said.role and names.is_group(name) else Person.Kind.PERSON
    person = Person(school=school, name=name, role_title=said.role[: names.LONGEST], kind=kind)
    person.aliases = [alias for alias in aliases if names.key(alias) != names.key(str(person))]
    return person


def people_of_user(user: Any, school: Any) -> set[UUID]:
    """Keys of the person joined to the user and of the groups that she is in: what they own is hers (one query)."""
    groups = GroupMember.objects.for_school(school).filter(person__user=user).values("group")
    mine = Person.objects.for_school(school).filter(Q(user=user) | Q(pk__in=groups))
    return set(mine.values_list("pk", flat=True))
