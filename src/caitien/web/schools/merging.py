"""Two rows that are one person made one, and taken back: what plans print stays as it is, whom it means changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rapidfuzz import fuzz, process

from caitien.plan.text import fold
from caitien.web.plans.models import Involvement
from caitien.web.reminders.models import IdentityClaim
from caitien.web.schools import names
from caitien.web.schools.models import GroupMember, Invitation, Person, PersonMerge
from caitien.web.schools.not_now import NotNow

ALIKE = 90  # of 100: a slip of one letter in a Vietnamese name of three words
_NONE: dict[str, Any] = {"moved": [], "dropped": []}
_NOTHING: dict[str, Any] = {
    "aliases": [], "involvements": _NONE, "groups": _NONE, "members": _NONE, "invitations": [], "filled": {}, "user": None,
}  # fmt: skip
MOST_COMPARED = 400  # people; more would make the page slow, and no school has so many


class Preview(NamedTuple):
    """What a merge would do."""

    aliases: list[str]
    involvements: int
    groups: list[str]
    account: str
    refusal: str


def aliases_of(kept: Person, gone: Person) -> list[str]:
    """The ways of writing `gone` that `kept` does not have yet."""
    known = {names.key(words) for words in (kept.name, str(kept), *kept.aliases)}
    found = []
    for words in (gone.name, str(gone), *gone.aliases):
        if (key := names.key(words)) not in known:
            known.add(key)
            found.append(words)
    return found


def preview(kept: Person, gone: Person) -> Preview:
    """What would move from `gone` to `kept` (three queries)."""
    groups = GroupMember.objects.for_school(gone.school_id).filter(person=gone).select_related("group")
    account = str(gone.user) if gone.user_id and not kept.user_id else ""
    return Preview(
        aliases_of(kept, gone),
        Involvement.objects.for_school(gone.school_id).filter(person=gone).count(),
        [member.group.name for member in groups],
        account,
        refusal(kept, gone),
    )


def refusal(kept: Person, gone: Person) -> str:
    if kept.pk == gone.pk:
        return _("Đây là cùng một dòng. Hãy chọn người khác.")
    if kept.merged_into_id or gone.merged_into_id:
        return _("Một trong hai người đã được gộp vào người khác. Hãy mở lại danh sách.")
    if kept.user_id and gone.user_id:
        return _(
            "Hai người này nối với hai tài khoản khác nhau. Nếu đúng là một người, hãy bỏ nối một tài khoản trước."
        )
    return ""


def merge(kept: Person, gone: Person, *, user: Any) -> PersonMerge:
    """Everything of `gone` becomes `kept`'s; the row `gone` is hidden. Raises NotNow."""
    with transaction.atomic():
        rows = {
            p.pk: p
            for p in Person.objects.for_school(kept.school_id).filter(pk__in=[kept.pk, gone.pk]).select_for_update()
        }
        kept, gone = rows[kept.pk], rows[gone.pk]
        if sentence := refusal(kept, gone):
            raise NotNow(sentence)
        moved: dict[str, Any] = {
            "aliases": aliases_of(kept, gone),
            "involvements": _move_involvements(kept, gone),
            "groups": _move_memberships(kept, gone, "person"),
            "members": _move_memberships(kept, gone, "group"),
            "invitations": _keys(Invitation.objects.for_school(kept.school_id).filter(person=gone)),
            "filled": {
                name: getattr(gone, name)
                for name in ("role_title", "email")
                if getattr(gone, name) and not getattr(kept, name)
            },
            "user": str(gone.user_id) if gone.user_id else None,
        }
        Invitation.objects.for_school(kept.school_id).filter(person=gone).update(person=kept)
        IdentityClaim.objects.for_school(kept.school_id).filter(person=gone, settled_at=None).update(person=kept)
        owner, gone.user = gone.user, None
        gone.merged_into = kept
        _save(gone, user, gettext_noop("gộp vào %(name)s") % {"name": kept.name})
        kept.aliases = [*kept.aliases, *moved["aliases"]]
        for name, value in moved["filled"].items():
            setattr(kept, name, value)
        kept.user = kept.user or owner
        _save(kept, user, gettext_noop("nhận phần của %(name)s") % {"name": gone.name})
        return PersonMerge.objects.create(school=kept.school, kept=kept, gone=gone, moved=moved, merged_by=user)


def undo(done: PersonMerge, *, user: Any) -> PersonMerge:
    """Gives back what the merge moved, and what has come since under the words of the one who was merged. Raises NotNow."""
    with transaction.atomic():
        done = PersonMerge.objects.for_school(done.school_id).select_for_update().get(pk=done.pk)
        rows = {p.pk: p for p in Person.objects.for_school(done.school_id).filter(pk__in=[done.kept_id, done.gone_id])}
        kept, gone = rows[done.kept_id], rows[done.gone_id]
        if done.undone_at or gone.merged_into_id != kept.pk:
            raise NotNow(_("Lần gộp này đã được tách lại rồi."))
        if kept.merged_into_id:
            raise NotNow(_("Người này sau đó lại được gộp vào người khác. Hãy tách lần gộp sau trước."))
        moved = _NOTHING | done.moved
        gone.merged_into = None
        if moved["user"] and str(kept.user_id) == moved["user"]:
            owner, kept.user = kept.user, None
        else:
            owner = None
        kept.aliases = [words for words in kept.aliases if words not in moved["aliases"]]
        for name, value in moved["filled"].items():
            if getattr(kept, name) == value:
                setattr(kept, name, "")
        _save(kept, user, gettext_noop("tách %(name)s ra") % {"name": gone.name})
        gone.user = owner
        _save(gone, user, gettext_noop("tách khỏi %(name)s") % {"name": kept.name})
        _give_back_involvements(done, kept, gone)
        for side in ("groups", "members"):
            _give_back_memberships(moved[side], kept, gone, "person" if side == "groups" else "group")
        Invitation.objects.for_school(done.school_id).filter(pk__in=moved["invitations"], person=kept).update(
            person=gone
        )
        done.undone_at = timezone.now()
        done.save(update_fields=["undone_at"])
        return done


def not_the_same(one: Person, other: Person, *, user: Any) -> None:
    """Somebody says that two rows which look alike are two people: they are not proposed again."""
    PersonMerge.objects.create(
        school=one.school, kept=one, gone=other, merged_by=user, undone_at=timezone.now(), moved={}
    )


def _save(person: Person, user: Any, reason: str) -> None:
    person._history_user = user
    person._change_reason = reason[:100]
    person.save()


def _keys(rows: Any) -> list[str]:
    return [str(key) for key in rows.values_list("pk", flat=True)]


def _move_involvements(kept: Person, gone: Person) -> dict[str, Any]:
    """An action in which both had the same part keeps one of the two; the other is remembered."""
    ours = Involvement.objects.for_school(kept.school_id)
    has = set(ours.filter(person=kept).values_list("action_id", "part"))
    theirs = list(ours.filter(person=gone))
    double = [row for row in theirs if (row.action_id, row.part) in has]
    moving = [row.pk for row in theirs if (row.action_id, row.part) not in has]
    ours.filter(pk__in=[row.pk for row in double]).delete()
    ours.filter(pk__in=moving).update(person=kept)
    dropped = [{"action": str(row.action_id), "part": row.part, "text": row.text} for row in double]
    return {"moved": [str(key) for key in moving], "dropped": dropped}


def _give_back_involvements(done: PersonMerge, kept: Person, gone: Person) -> None:
    ours = Involvement.objects.for_school(done.school_id)
    words = {names.key(text) for text in (gone.name, str(gone), *gone.aliases)}
    remembered = (_NOTHING | done.moved)["involvements"]
    moved = set(remembered["moved"])
    rows = list(ours.filter(person=kept))
    back = [row.pk for row in rows if str(row.pk) in moved or names.key(row.text) in words]
    ours.filter(pk__in=back).update(person=gone)
    from caitien.web.plans.models import Action

    dropped = remembered["dropped"]
    there = set(
        Action.objects.for_school(done.school_id)
        .filter(pk__in=[d["action"] for d in dropped])
        .values_list("pk", flat=True)
    )
    has = set(ours.filter(person=gone).values_list("action_id", "part"))
    again = [
        Involvement(school_id=done.school_id, action_id=key, person=gone, part=d["part"], text=d["text"])
        for key in there
        for d in dropped
        if d["action"] == str(key) and (key, d["part"]) not in has
    ]
    for row in again:
        row.save(force_insert=True)


def _move_memberships(kept: Person, gone: Person, side: str) -> dict[str, Any]:
    """`side`: "person" for the groups she is in, "group" for the members of the group."""
    other = "group_id" if side == "person" else "person_id"
    ours = GroupMember.objects.for_school(kept.school_id)
    has = set(ours.filter(**{side: kept}).values_list(other, flat=True)) | {kept.pk}
    theirs = list(ours.filter(**{side: gone}))
    double = [row for row in theirs if getattr(row, other) in has]
    moving = [row.pk for row in theirs if getattr(row, other) not in has]
    ours.filter(pk__in=[row.pk for row in double]).delete()
    ours.filter(pk__in=moving).update(**{side: kept})
    return {"moved": [str(key) for key in moving], "dropped": [str(getattr(row, other)) for row in double]}


def _give_back_memberships(moved: dict[str, Any], kept: Person, gone: Person, side: str) -> None:
    other = "group_id" if side == "person" else "person_id"
    ours = GroupMember.objects.for_school(kept.school_id)
    ours.filter(pk__in=moved["moved"], **{side: kept}).update(**{side: gone})
    there = Person.objects.for_school(kept.school_id).filter(pk__in=moved["dropped"]).values_list("pk", flat=True)
    for key in there:
        if key != gone.pk:
            ours.get_or_create(school=gone.school, **{f"{side}_id": gone.pk, other: key})


class Alike(NamedTuple):
    """Two rows that may be one person, and why it seems so. The first is the fuller one: the one to keep."""

    kept: Person
    gone: Person
    why: str


def alike(people: Iterable[Person], said_different: Iterable[tuple[Any, Any]] = ()) -> list[Alike]:
    """Rows that look like one person, surest first. `said_different`: pairs of keys that somebody has told apart."""
    rows = sorted((p for p in people if p.left_on is None), key=lambda p: p.pk)[:MOST_COMPARED]
    apart = {frozenset(pair) for pair in said_different}
    known = [(person, fold(names.without_address(person.name)), names.post_key(person.name)) for person in rows]
    found = []
    for first, second in sorted(_worth_comparing(known)):
        (one, one_bare, one_post), (two, two_bare, two_post) = known[first], known[second]
        if one.kind != two.kind or (one.user_id and two.user_id):
            continue
        why, sureness = _why(one, one_bare, one_post, two, two_bare, two_post)
        if sureness and frozenset((one.pk, two.pk)) not in apart:
            kept, gone = (two, one) if _fullness(two) > _fullness(one) else (one, two)
            found.append((sureness, Alike(kept, gone, why)))
    return [pair for _sureness, pair in sorted(found, key=lambda each: -each[0])]


def _worth_comparing(known: list[tuple[Person, str, str]]) -> set[tuple[int, int]]:
    """Places of pairs that share a given name, a post, or nearly all letters: few, however large the school is."""
    bare = [words for _person, words, _post in known]
    by_given: dict[str, list[int]] = defaultdict(list)
    by_title: dict[str, list[int]] = defaultdict(list)
    for place, (person, words, _post) in enumerate(known):
        by_given[words.rsplit(" ", 1)[-1]].append(place)
        if person.role_title:
            by_title[names.post_key(person.role_title)].append(place)
    pairs = {pair for places in by_given.values() for pair in combinations(places, 2)}
    for place, (_person, words, post) in enumerate(known):
        near = process.extract(words, bare, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
        pairs |= {(place, other) for _words, _score, other in near if other > place}
        pairs |= {(min(place, other), max(place, other)) for other in by_title.get(post, ()) if other != place}
    return pairs


def _why(one: Person, one_bare: str, one_post: str, two: Person, two_bare: str, two_post: str) -> tuple[str, int]:
    if one_bare == two_bare:
        return _("cùng tên khi bỏ dấu"), 100
    if _digits(one_bare) != _digits(two_bare):
        return "", 0
    posts = (one_post, two_post)
    if any(
        row.role_title and names.post_key(row.role_title) == post for row, post in ((one, posts[1]), (two, posts[0]))
    ):
        return _("chức danh này là của người kia"), 95
    first, second = one_bare.split(), two_bare.split()
    short, long = sorted((first, second), key=len)
    if (
        one.kind == Person.Kind.PERSON
        and len(short) < len(long)
        and long[-len(short) :] == short
        and names.is_full_name(two.name if len(second) > len(first) else one.name)
    ):
        return _("tên gọi giống nhau"), 80
    if len(first) == len(second) and len(one_bare) > 5 and (ratio := fuzz.ratio(one_bare, two_bare)) >= ALIKE:
        return _("chỉ khác một vài chữ cái"), int(ratio) - 30
    return "", 0


def _digits(text: str) -> list[str]:
    return [word for word in text.replace("-", " ").split() if any(c.isdigit() for c in word)]


def _fullness(person: Person) -> tuple[bool, bool, int, bool]:
    return bool(person.user_id), names.is_full_name(person.name), len(person.name.split()), bool(person.role_title)
