"""How well a piece of a line suits a column: as the start of a cell, as its next line, as its end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from caitien.reading.fallen_text import wording as w
from caitien.reading.fallen_text.lines import Line

KIND_OF_FIELD = {
    "number": "number",
    "standard": "standard",
    "criteria": "criteria",
    "period": "period",
    "period_start": "period",
    "period_end": "period",
    "responsible": "person",
    "collaborators": "person",
    "monitoring.reviewer": "person",
    "budget": "money",
    "funding_sources": "fund",
    "progress": "progress",
}
SKIPPED_AT_FIRST = {  # what an empty cell costs before the document itself has told how often it is empty
    "number": 4.0, "standard": 0.1, "criteria": 0.4, "content": 4.0, "weakness": 3.0, "measures": 3.0, "objective": 2.5,
    "period": 2.5, "responsible": 2.5, "note": 0.8, "result": 1.2, "progress": 1.2, "collaborators": 1.2,
}  # fmt: skip
_VERB_FIELDS = frozenset({"content", "measures", "objective"})
_ENDS_SENTENCE = re.compile(r"[.!?…][)”\"’']?$")
_RUN_ON = re.compile(r"[^\W\d_]{2}[.!?]\s+[a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]")
_SENTENCE_INSIDE = re.compile(r"[.!?]\s")
_MARK_INSIDE = re.compile(r" [-+•] ")
_ITEM_INSIDE = re.compile(r"[^\s\-–+•;:,(] [-+•] [^\W\d_a-zđ]")
_LETTER = re.compile(r"\w")
_MARKS = " \t\xa0-–—+•*●▪◦○“”\"'(["
_LONGEST_LABEL, _LONGEST_NO_MONEY = 30, 25  # letters
_TITLED_LABEL = re.compile(r"(tiêu ch|tc\b|\d+\.\d+)", re.I)
_MONEY_GOES_ON = re.compile(r"^(đồng|triệu|nghìn|xác định|định|cần|kinh phí|phí|[\d.,]+|\(|đ\b|vnđ)", re.I)
_TERMINATED = re.compile(r"[.;:!?…][)”\"’']?$")


@dataclass(slots=True)
class Piece:
    """Some words of a line, with what is asked of them again and again."""

    line: int
    start: int
    end: int
    text: str
    words: list[str]
    width: float
    first_width: float
    lower: bool  # begins with a small letter
    bullet: bool
    opens: bool  # begins as a cell or a paragraph does: capital, bullet, digit, quotation mark
    end_quality: float
    terminated: bool
    sentence: bool
    number: int | None
    word: str  # first word, folded, past a bullet
    period: float  # share of the words that can stand in a time
    people: float  # share of the words that are parts of names or roles
    name: bool
    code: bool
    short_label: bool
    run_on: float  # cost of a sentence's end followed by a small letter: the end of one cell, the rest of another
    no_money: bool
    sure_money: bool
    closing: bool  # ends a quotation or bracket that began before it
    opening_word: str  # the first and the last word as `Model.pairs` has them
    last_word: str
    order: tuple[str | None, ...] = ()  # the columns that `starts` and `nexts` are for
    memo: dict[str | None, tuple[float, float]] = field(default_factory=dict)  # field -> start, next
    starts: list[float] = field(default_factory=list)  # by column: as the start of a cell
    nexts: list[float] = field(default_factory=list)  # by column: as a further line of the cell
    model: object = None  # the Model that `begins` and `goes_on` are for: `starts` and `nexts` with what it knows
    begins: list[float] = field(default_factory=list)
    goes_on: list[float] = field(default_factory=list)


def make_piece(line: Line, index: int, start: int, end: int) -> Piece:
    words = line.words[start:end]
    text = line.piece(start, end)
    letters = text.lstrip(_MARKS)
    short = len(text) <= _LONGEST_LABEL
    bullet = bool(w.BULLET.match(text))
    lower = letters[:1].islower() and not bullet and not letters[:2].endswith(")")
    inner = next((x for x in words if x[:1].isalnum() or _LETTER.search(x)), words[0])
    return Piece(
        line=index,
        start=start,
        end=end,
        text=text,
        words=words,
        width=line.width(start, end),
        first_width=line.widths[start],
        lower=lower,
        bullet=bullet,
        opens=not lower,
        end_quality=_end_quality(text, words),
        terminated=bool(_TERMINATED.search(text)),
        sentence=bool(_ENDS_SENTENCE.search(text)),
        number=w.integer(text) if short else None,
        word=w.folded(inner.lstrip("-–+•*")),
        period=w.period_share(words),
        people=w.people_share(words),
        name=w.is_name(words),
        code=short and w.is_code(text),
        short_label=short and w.is_short_label(text),
        run_on=_run_on(text),
        no_money=len(text) <= _LONGEST_NO_MONEY and w.is_no_money(text),
        sure_money=w.is_sure_money(text),
        closing=text.count("”") > text.count("“") or text.count(")") > text.count("("),
        opening_word=words[0].lower().rstrip(".,;:)”"),
        last_word=words[-1].lower(),
    )


def _run_on(text: str) -> float:
    """The cost of what no cell says on one line: the rest of a sentence and another, a list item after other words."""
    cost = 3.0 if _SENTENCE_INSIDE.search(text) and _RUN_ON.search(text) else 0.0
    if " " in text[3:-3] and _MARK_INSIDE.search(text) and _ITEM_INSIDE.search(text):
        cost += 3.5
    return cost


def _end_quality(text: str, words: list[str]) -> float:
    """How likely a cell ends with these words."""
    last = words[-1]
    if last in w.DANGLING:
        return -2.5
    if last in ("tổ", "phó", "khối"):
        return -1.5
    if last in ("Thị", "Văn", "HK", "Quý", "Tháng", "Tuần", "Từ", "Hằng", "Hàng"):
        return -2.5  # a name or a time that is not all there
    if len(words) > 1 and words[-2].endswith((",", ";")) and w.is_family_name(last):
        return -1.0  # "Sinh, Lò": the next person's name goes on
    if last.endswith(","):
        return -2.5
    if last.endswith("("):
        return -3.0
    if text.count("(") > text.count(")") or text.count("“") > text.count("”"):
        return -1.5
    if _ENDS_SENTENCE.search(text):
        return 0.5
    if last.endswith((";", ":")):
        return -0.8
    return 0.0


def start_score(piece: Piece, kind: str, name: str | None) -> float:
    """How well the piece begins a cell of a column of that kind (log odds, 0 is neutral)."""
    text, words = piece.text, piece.words
    if kind == "number":
        return 0.0 if piece.number is not None else -14.0
    if kind in ("standard", "criteria"):
        if kind == "criteria" and piece.code:
            return 2.5
        if piece.short_label:
            return 1.5 if not (kind == "standard" and "." in text.rstrip(".")) else -2.0
        return -1.0 if _TITLED_LABEL.match(text) else -4.0
    if kind == "period":
        share = piece.period
        if piece.code or text[0] in "-–/":
            return -3.0
        if share == 1.0:
            return 2.5 if w.period_key(text) or len(words) <= 3 else 1.0
        return -0.5 if share >= 0.6 and w.period_key(text) else -5.0
    if kind == "person":
        return _person_start(piece)
    if kind == "money":
        if piece.no_money:
            return 2.0
        if w.is_money(text):
            return 3.0
        return -2.0 if w.is_fund(text) else -4.0
    if kind == "fund":
        return 1.8 if w.is_fund(text) else -1.5
    if kind == "progress":
        if w.is_progress(text):
            return 2.0
        if _names_in_a_list(words):
            return -6.0
        return -4.0 if words[0] in ("Thị", "Văn") else -1.5
    return _text_start(piece, name)


def _person_start(piece: Piece) -> float:
    words = piece.words
    share = piece.people
    if piece.name:
        return 3.0 if len(words) <= 5 else 1.0
    if w.starts_role(piece.text):
        return 2.2 if share > 0.7 else (0.5 if share > 0.45 else -1.5)
    if piece.lower:
        return -3.5
    return 0.0 if share == 1.0 and len(words) <= 4 else -3.0


def _names_in_a_list(words: list[str]) -> bool:
    """ "Sinh, Lò": all with a capital, a comma between."""
    return any(x.endswith(",") for x in words[:-1]) and all(map(w.is_capitalised, words))


def _text_start(piece: Piece, name: str | None) -> float:
    text, words = piece.text, piece.words
    if piece.lower:
        return -3.8
    score = 0.0
    if piece.number is not None or piece.code:
        return -5.0
    if piece.sure_money and len(words) <= 3 and name != "resources":
        score -= 3.0
    if piece.no_money and name not in ("note", "resources", "result", "progress"):
        score -= 2.5
    if piece.period == 1.0:
        score -= 3.5
    if len(words) <= 5 and _names_in_a_list(words):
        score -= 4.0
    elif words[0] in ("Thị", "Văn") or (piece.name and len(words) <= 5):
        score -= 2.5
    elif w.starts_role(text) and piece.people == 1.0 and name not in ("weakness", "current_state", "note", "result"):
        score -= 1.2
    if (name in _VERB_FIELDS and piece.word in _FOLDED_VERBS) or (
        name == "expected_evidence" and piece.word in _FOLDED_NOUNS
    ):
        score += 0.9
    elif name in ("weakness", "current_state", "cause") and piece.word in _FOLDED_WEAK:
        score += 0.6
    return score


_FOLDED_VERBS = frozenset(w.folded(x) for x in w.VERBS)
_FOLDED_NOUNS = frozenset(w.folded(x) for x in w.NOUNS_OF_EVIDENCE)
_FOLDED_WEAK = frozenset(w.folded(x) for x in w.WEAK_STARTS)


def next_score(piece: Piece, kind: str, name: str | None) -> float:
    """How well the piece goes on in a cell of that kind, whatever stood before it."""
    text, words = piece.text, piece.words
    if kind == "number":
        return -14.0
    if kind in ("standard", "criteria"):
        if len(words) > 1 and all(map(w.is_short_label, words)):
            return -5.0
        return -1.5 if piece.short_label or (len(words) == 1 and piece.lower) else -2.0
    if kind == "period":
        share = piece.period
        return 1.5 if share == 1.0 else (-1.0 if share >= 0.5 else -4.5)
    if kind == "person":
        if piece.period == 1.0 and not w.is_capitalised(words[0]):
            return -2.0
        share = piece.people
        if share == 1.0:
            return (1.6 if words[0] in ("Thị", "Văn") else 1.0) if w.is_capitalised(words[0]) else 0.3
        return -0.8 if share >= 0.6 else -3.0
    if kind == "money":
        ok = _MONEY_GOES_ON.match(text) or piece.no_money
        return 0.5 if ok else -2.5
    score = 0.0
    if kind == "fund" and len(words) > 5:
        score -= 1.0
    if piece.number is not None or piece.code:
        score -= 2.5
    elif piece.period == 1.0:
        score -= 1.0
    elif piece.name and len(words) >= 2:
        score -= 1.2
    if piece.no_money or (piece.sure_money and len(words) <= 3 and kind != "fund" and name != "resources"):
        score -= 1.5
    return score
