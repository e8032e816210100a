"""Two editors of one criterion, in any order: every word that was accepted stands in the text or in its history, and
nobody's words are written over by somebody who had not seen them."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien.web.assessments.models import LevelReview
from caitien.web.assessments.words import keep
from web.assessments.sheets import Sheet
from web.invented import make_user

serial = count(1)
SENTENCES = 4
BEGIN = "".join(f"Câu {n}. " for n in range(SENTENCES))
steps = st.lists(
    st.tuples(
        st.sampled_from(["write"] * 5 + ["look", "empty", "unheard"]),
        st.integers(0, 1),  # who
        st.integers(0, SENTENCES - 1),  # which sentence
        st.booleans(),  # shown a clash she keeps her words
    ),
    min_size=8,
    max_size=25,
)


def words_of(text):
    return {one for one in text.split() if one.startswith("lời")}


class Editors:
    """Two people with the page open: what each has in the box, and of which version, as the script keeps it."""

    def __init__(self, sheet, users) -> None:
        self.sheet, self.users = sheet, users
        self.row = sheet.level()
        keep(self.row, "description", BEGIN, seen=1, user=users[0])
        self.boxes = [{}, {}]
        self.accepted: list[tuple[int, str]] = []
        self.look(0)
        self.look(1)

    def look(self, who: int) -> None:
        row = self.sheet.level()
        self.boxes[who] = {"text": row.description, "version": row.version, "before": None}

    def send(self, who: int, text: str, keeps: bool) -> None:
        box = self.boxes[who]
        was = self.sheet.level().description
        fresh = words_of(text) - words_of(box["text"])
        kept = keep(self.row, "description", text, seen=box["version"], user=self.users[who], before=box["before"])
        if kept.clash:
            assert self.sheet.level().description == was
            assert kept.theirs == was  # both texts are shown
            self.boxes[who] = {"text": was, "version": kept.row.version, "before": None}
            if keeps:
                self.send(who, f"{was}\n{text}", keeps)
            return
        now = self.sheet.level().description
        assert kept.words == now
        unseen = words_of(was) - words_of(box["text"]) - words_of(box["before"] or "")
        assert unseen <= words_of(now), "written over without having been seen"
        assert fresh <= words_of(now)
        self.accepted += [(who, word) for word in fresh]
        self.boxes[who] = {"text": now, "version": kept.row.version, "before": None}

    def write(self, who: int, which: int, keeps: bool, *, unheard: bool = False) -> None:
        pieces = self.boxes[who]["text"].split(". ")
        place = which % len(pieces)
        pieces[place] = f"{pieces[place]} lời{next(serial)}".strip()
        text = ". ".join(pieces)
        if not unheard:
            return self.send(who, text, keeps)
        before = self.boxes[who]  # it arrives, she does not hear of it, and goes on from what she has
        self.send(who, text, False)
        self.boxes[who] = {**before, "before": text}
        return self.send(who, f"{text} lời{next(serial)}", keeps)

    def check(self) -> None:
        row = self.sheet.level()
        lines = list(LevelReview.history.filter(id=row.pk).order_by("version"))
        assert [line.version for line in lines] == list(range(1, row.version + 1))
        for who, word in self.accepted:
            mine = [line for line in lines if line.history_user_id == self.users[who].pk]
            assert any(word in words_of(line.description) for line in mine), f"{word} is nowhere"


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_whatever_the_order_of_two_editors(school, secretary, steps):
    from caitien.web.accounts.models import User
    from caitien.web.assessments.models import Assessment

    Assessment.objects.all().delete()
    other = User.objects.filter(username="pho-2").first() or make_user("pho-2", "", school, "chair")
    editors = Editors(Sheet(school, secretary), [secretary, other])
    for what, who, which, keeps in steps:
        if what == "look":
            editors.look(who)
        elif what == "empty":
            editors.send(who, "", keeps)
        else:
            editors.write(who, which, keeps, unheard=what == "unheard")
    editors.check()
