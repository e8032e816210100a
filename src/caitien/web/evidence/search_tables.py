"""The full-text index: FTS5 beside the pieces on SQLite, tsvector columns with GIN in their table on PostgreSQL.

Three nested scopes, so that what stands in a code or a name comes first without a word of the texts being read:
`title` (codes, name), `head` (that and everything else written about an evidence), `words` (that and what stands in a file).
"""

# Statements are put together from names in this file; nothing that anybody wrote stands in them.
# ruff: noqa: S608, S611

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection
from django.db.models.expressions import RawSQL

from caitien.web.evidence.models import SearchPiece
from caitien.web.evidence.search_words import Term, token_of

Scope = Literal["title", "head", "words"]
PIECES = SearchPiece._meta.db_table
FULLTEXT = "evidence_fulltext"
_COLUMNS = {"title": "{title} : ", "head": "{title more} : ", "words": ""}
_MOST_PLACES = 16_383  # PostgreSQL counts no further

SQLITE = (
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS {FULLTEXT}
        USING fts5(title, more, body, tokenize = "unicode61 remove_diacritics 0")""",
    f"""CREATE TRIGGER IF NOT EXISTS fulltext_goes_with_its_piece AFTER DELETE ON {PIECES}
        BEGIN DELETE FROM {FULLTEXT} WHERE rowid = OLD.place; END""",
)
SQLITE_BACK = ("DROP TRIGGER IF EXISTS fulltext_goes_with_its_piece", f"DROP TABLE IF EXISTS {FULLTEXT}")
POSTGRESQL = (
    *(f"ALTER TABLE {PIECES} ADD COLUMN IF NOT EXISTS {name} tsvector" for name in _COLUMNS),
    # In the row itself: a word that stands everywhere is looked up in the rows, and each would be fetched from elsewhere.
    f"ALTER TABLE {PIECES} ALTER COLUMN words SET STORAGE MAIN",
    *(
        # Without fastupdate: what was just written would be searched one by one until somebody tidies up.
        f"CREATE INDEX IF NOT EXISTS evidence_search_{name} ON {PIECES} USING gin ({name}) WITH (fastupdate = off)"
        for name in _COLUMNS
    ),
)
POSTGRESQL_BACK = tuple(f"ALTER TABLE {PIECES} DROP COLUMN IF EXISTS {name}" for name in _COLUMNS)


@dataclass(frozen=True, slots=True)
class Filled:
    """A piece with its words."""

    row: SearchPiece
    title: Sequence[str]
    more: Sequence[str]
    body: Sequence[str]


def put_up(schema_editor: Any) -> None:
    """Makes the index, for a migration."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def take_down(schema_editor: Any) -> None:
    """Takes the index away."""
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


def store(school_id: Any, pieces: Iterable[Filled]) -> None:
    """Writes pieces and their words. Those that were there before are gone already."""
    filled = list(pieces)
    token = token_of(school_id)
    if connection.vendor == "postgresql":
        names = [field.column for field in SearchPiece._meta.concrete_fields]
        columns = ", ".join(f'"{name}"' for name in [*names, *_COLUMNS])
        places = ", ".join(["%s"] * len(names) + ["%s::tsvector"] * len(_COLUMNS))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {PIECES} ({columns}) VALUES ({places})",
                [
                    (
                        *(getattr(one.row, field.attname) for field in SearchPiece._meta.concrete_fields),
                        *_vectors(token, one),
                    )
                    for one in filled
                ],
            )
        return
    SearchPiece.objects.bulk_create([one.row for one in filled], batch_size=500)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {FULLTEXT} (rowid, title, more, body) VALUES (%s, %s, %s, %s)",
            [
                (one.row.place, *(" ".join(token + word for word in part) for part in (one.title, one.more, one.body)))
                for one in filled
            ],
        )


def matching(school_id: Any, terms: list[Term], scope: Scope, column: str = "evidence_id") -> RawSQL:
    """The keys of a school's evidence (or of its pieces: column "id") with all the terms in one piece, as a subquery."""
    token = token_of(school_id)
    if connection.vendor == "postgresql":
        wanted = " & ".join(_asked_of_postgresql(token, term) for term in terms)
        return RawSQL(
            f"SELECT {column} FROM {PIECES} WHERE school_id = %s AND {scope} @@ %s::tsquery", (school_id, wanted)
        )
    wanted = " AND ".join(_asked_of_sqlite(token, term) for term in terms)
    return RawSQL(
        f"""SELECT piece.{column} FROM {FULLTEXT} found CROSS JOIN {PIECES} piece ON piece.place = found.rowid
        WHERE found.{FULLTEXT} MATCH %s AND piece.school_id = %s""",
        (f"{_COLUMNS[scope]}({wanted})", school_id.hex),
    )


def _asked_of_sqlite(token: str, term: Term) -> str:
    words = " ".join(token + word for word in term.words)
    return f'"{words}"' + (" *" if term.open else "")


def _asked_of_postgresql(token: str, term: Term) -> str:
    words = [f"'{token}{word}'" for word in term.words]
    if term.open:
        words[-1] += ":*"
    return "(" + " <-> ".join(words) + ")"


def _vectors(token: str, one: Filled) -> list[str]:
    """What goes into `title`, `head` and `words`."""
    head = [*one.title, "", *one.more]
    return [_vector(token, words) for words in (one.title, head, [*head, "", *one.body])]


def _vector(token: str, words: Sequence[str]) -> str:
    """A tsvector as text: each word with its places. "" is a gap over which no phrase reaches."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words[:_MOST_PLACES], start=1):
        if word:
            places.setdefault(word, []).append(str(place))
    return " ".join(f"'{token}{word}':{','.join(found[:255])}" for word, found in places.items())
