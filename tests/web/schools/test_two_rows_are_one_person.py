"""Merging: what plans print stays, whom it means changes, and all of it can be taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from caitien.web.plans.models import Involvement
from caitien.web.schools.merging import alike, merge, undo
from caitien.web.schools.models import GroupMember, Invitation, Person, PersonMerge
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.people import Directory, ensure
from web.invented import make_user
from web.schools.conftest import said


def at(name, school, *keys):
    return reverse(f"schools:{name}", args=[school.slug, *keys])


@pytest.fixture
def pair(school):
    kept = Person.objects.create(school=school, name="Vi Thị Sim", role_title="")
    gone = Person.objects.create(
        school=school, name="Đ/c Sim", role_title="Giáo viên", aliases=["Cô Sim"], email="sim@example.edu.vn"
    )
    return kept, gone


def involve(action, person, part="responsible", text=""):
    return Involvement.objects.create(
        school=action.school, action=action, person=person, part=part, text=text or person.name
    )


def state(school):
    """Everything that a merge moves, so that before and after an undo can be compared."""
    return (
        sorted(Person.objects.for_school(school).values_list("name", "role_title", "email", "user", "merged_into")),
        [sorted(p.aliases) for p in Person.objects.for_school(school).order_by("pk")],
        sorted(Involvement.objects.for_school(school).values_list("action", "person", "part", "text")),
        sorted(GroupMember.objects.for_school(school).values_list("group", "person")),
        sorted(Invitation.objects.for_school(school).values_list("person", flat=True)),
    )


@pytest.fixture
def everything(school, plan, pair, teacher):
    """Both have parts in actions, one of them the same; both are in groups, one of them the same."""
    kept, gone = pair
    Involvement.objects.for_school(school).delete()
    first, second, third = plan.actions.all()
    involve(first, kept)
    involve(first, gone)
    involve(second, gone)
    involve(third, gone, "collaborator")
    for number, people in enumerate([(kept, gone), (gone,)]):
        team = Person.objects.create(school=school, name=f"Tổ {number}", kind="group")
        for one in people:
            GroupMember.objects.create(school=school, group=team, person=one)
    from datetime import timedelta

    from django.utils import timezone

    Invitation.objects.create(
        school=school,
        role="staff",
        person=gone,
        token_hash="a",
        code_hash="b",
        expires_at=timezone.now() + timedelta(days=1),
    )
    gone.user = teacher
    gone.save()
    return kept, gone


def test_all_that_was_hers_is_the_others(school, everything, secretary):
    kept, gone = everything
    merge(kept, gone, user=secretary)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert kept.aliases == ["Đ/c Sim", "Đ/c Sim (Giáo viên)", "Cô Sim"]
    assert (kept.role_title, kept.email, kept.user.username) == ("Giáo viên", "sim@example.edu.vn", "giao-vien")
    assert (gone.merged_into, gone.user) == (kept, None)
    assert Involvement.objects.for_school(school).filter(person=kept).count() == 3
    assert GroupMember.objects.for_school(school).filter(person=kept).count() == 2
    assert Invitation.objects.for_school(school).get().person == kept
    assert {Directory.of(school).match(text) for text in ("Đ/c Sim", "Cô Sim", "Vi Thị Sim")} == {kept}
    assert ensure(school, ["đ/c sim"])["đ/c sim"] == kept


def test_taken_back_everything_is_as_it_was(school, everything, secretary):
    before = state(school)
    done = merge(*everything, user=secretary)
    assert state(school) != before
    undo(done, user=secretary)
    assert state(school) == before


def test_what_came_since_under_her_words_goes_back_too(school, plan, everything, secretary):
    """Editing a plan makes its involvements anew: their keys change, their words do not."""
    kept, gone = everything
    done = merge(kept, gone, user=secretary)
    second = plan.actions.all()[1]
    Involvement.objects.for_school(school).filter(action=second).delete()
    fresh = involve(second, kept, text="Cô Sim")
    undo(done, user=secretary)
    fresh.refresh_from_db()
    assert fresh.person == gone


def test_a_merge_is_taken_back_once(school, pair, secretary):
    done = merge(*pair, user=secretary)
    undo(done, user=secretary)
    with pytest.raises(NotNow, match="đã được tách lại rồi"):
        undo(done, user=secretary)


def test_a_later_merge_is_taken_back_first(school, pair, secretary):
    kept, gone = pair
    third = Person.objects.create(school=school, name="Vi Thị Hoa Sim")
    first_merge = merge(kept, gone, user=secretary)
    second_merge = merge(third, kept, user=secretary)
    with pytest.raises(NotNow, match="Hãy tách lần gộp sau trước"):
        undo(first_merge, user=secretary)
    undo(second_merge, user=secretary)
    undo(first_merge, user=secretary)
    assert not Person.objects.for_school(school).exclude(merged_into=None).exists()


def test_two_accounts_are_two_people(school, pair, secretary):
    for number, one in enumerate(pair):
        one.user = make_user(f"u{number}", "", school, "staff")
        one.save()
    with pytest.raises(NotNow, match="hai tài khoản khác nhau"):
        merge(*pair, user=secretary)


def test_nobody_is_merged_with_herself_or_with_who_is_gone(school, pair, secretary):
    kept, gone = pair
    with pytest.raises(NotNow, match="cùng một dòng"):
        merge(kept, kept, user=secretary)
    merge(kept, gone, user=secretary)
    with pytest.raises(NotNow, match="đã được gộp"):
        merge(kept, gone, user=secretary)


def test_the_page_shows_what_would_move_and_then_moves_it(browser, school, everything):
    kept, gone = everything
    page = said(browser.get(at("merge", school, kept.pk), {"voi": gone.pk}))
    assert "3 phần việc" in page
    assert "Đ/c Sim; Đ/c Sim (Giáo viên); Cô Sim" in page
    assert "Nối với tài khoản Vi Thị Sim" in page
    after = browser.post(at("merge", school, kept.pk), {"voi": gone.pk}, follow=True)
    assert "Tách lại" in said(after)
    assert browser.get(at("person", school, gone.pk)).headers["Location"] == at("person", school, kept.pk)
    done = PersonMerge.objects.get()
    assert "Đã tách “Đ/c Sim” ra khỏi “Vi Thị Sim”" in said(browser.post(at("unmerge", school, done.pk), follow=True))


def test_a_merge_with_nobody_is_said(browser, school, pair):
    response = browser.post(at("merge", school, pair[0].pk))
    assert response.status_code == 422
    assert "Chưa chọn gộp với ai" in said(response)


def test_nobody_of_another_school_is_merged(browser, school, other_school, pair):
    stranger = Person.objects.create(school=other_school, name="Vi Thị Sim")
    assert browser.get(at("merge", school, pair[0].pk), {"voi": stranger.pk}).status_code == 404
    assert browser.post(at("merge", school, pair[0].pk), {"voi": "rác"}).status_code == 404


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vi Thị Sim", "Vi Thi Sim"), ("Vi Thị Sim", "Sim"), ("Vi Thị Sim", "Đ/c Sim"), ("Nguyễn Thị Nhường", "Nguyễn Thị Nhừơng"),
        ("Tổ Văn phòng", "tổ văn phòng"), ("Lường Thị Mai Hiên", "Lường Thị Mai Hiền"), ("Nguyễn Thị Hường", "Nguyễn Thị Hươngg"),
    ],
)  # fmt: skip
def test_those_who_look_alike_are_proposed(school, one, other):
    kind = "group" if one.startswith("Tổ") else "person"
    rows = [Person(school=school, name=name, kind=kind) for name in (one, other)]
    assert len(alike(rows)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tổ 1", "Tổ 2"), ("Tổ khối 4", "Tổ khối 5"), ("Lò Văn An", "Lò Thị An"), ("Hiệu trưởng", "Phó hiệu trưởng"), ("Vi Thị Sim", "Lò Văn An")],
)  # fmt: skip
def test_those_who_differ_are_not(school, one, other):
    rows = [
        Person(school=school, name=name, kind="group" if name.startswith("Tổ") else "person") for name in (one, other)
    ]
    assert alike(rows) == []


def test_a_post_is_proposed_for_who_holds_it(school):
    rows = [Person(school=school, name="Hiệu trưởng"), Person(school=school, name="Lò Thị Mẩy", role_title="HT")]
    (found,) = alike(rows)
    assert found.kept.name == "Lò Thị Mẩy"


def test_who_was_told_apart_is_not_proposed_again(browser, school, pair):
    kept, gone = pair
    assert "Có thể là một người" in said(browser.get(at("people", school)))
    browser.post(at("merge", school, kept.pk), {"voi": gone.pk, "different": "1"})
    assert "Có thể là một người" not in said(browser.get(at("people", school)))
    assert not Person.objects.for_school(school).exclude(merged_into=None).exists()


def test_a_large_school_is_compared_quickly(school):
    import time

    rows = [
        Person(school=school, name=f"{a} {b} {c}")
        for a in ("Nguyễn", "Trần", "Lê", "Phạm")
        for b in ("Thị", "Văn", "Đức", "Ngọc", "Minh")
        for c in ["An", "Bình", "Cúc", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Mai", "Nam"]
    ]
    began = time.perf_counter()
    alike(rows)
    assert time.perf_counter() - began < 1.5
