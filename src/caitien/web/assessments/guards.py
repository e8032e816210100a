"""What the database itself refuses: "met" without a text and a verified evidence of that criterion, however it is written.

Triggers, because no constraint looks into another table. Two directions: a level cannot become "met" without proof; and
what proves a "met" cannot lose its verification, its use or itself. A person first takes the judgement back
(`proof.py`). On PostgreSQL the proof is held (FOR SHARE) until the judging ends, so that two people who judge
and reject at one moment come one after the other. Put up after every `migrate`.
"""

# Statements are put together from names in this file; nothing that anybody wrote stands in them.
# ruff: noqa: S608

from __future__ import annotations

from typing import Any

from django.db import connections

WITHOUT_PROOF = "caitien: met needs a text and verified evidence"
"""What the database says; `proof.py` turns it into a sentence."""

LEVEL, USE, EVIDENCE = "assessments_levelreview", "evidence_evidenceuse", "evidence_evidence"

_PROOF = f"""
    SELECT 1 FROM {USE} u JOIN {EVIDENCE} e ON e.id = u.evidence_id AND e.school_id = u.school_id
    WHERE u.school_id = {{row}}.school_id AND u.framework = {{row}}.framework AND u.criterion = {{row}}.criterion
      AND u.state = 'used' AND e.state = 'verified' AND e.removed_at IS NULL"""

_BARE = f"""
    SELECT 1 FROM {LEVEL} l WHERE l.judged = 'met' {{which}}
      AND NOT EXISTS ({_PROOF.format(row="l")}) """

_OF_USE = "AND l.school_id = OLD.school_id AND l.framework = OLD.framework AND l.criterion = OLD.criterion"
_OF_EVIDENCE = f"""AND l.school_id = OLD.school_id AND EXISTS (
        SELECT 1 FROM {USE} mine WHERE mine.school_id = OLD.school_id AND mine.evidence_id = OLD.id
          AND mine.framework = l.framework AND mine.criterion = l.criterion AND mine.state = 'used')"""
_PROOF_CHANGES = "OLD.state = 'verified' AND (NEW.state <> 'verified' OR NEW.removed_at IS NOT NULL)"
_USE_CHANGES = (
    "OLD.state = 'used' AND (NEW.state <> 'used' OR NEW.criterion <> OLD.criterion OR NEW.framework <> OLD.framework "
    "OR NEW.evidence_id <> OLD.evidence_id)"
)

SQLITE = (
    *(
        f"""CREATE TRIGGER met_needs_proof_{when.lower()} BEFORE {when} ON {LEVEL}
        WHEN NEW.judged = 'met' AND (trim(NEW.description) = '' OR NOT EXISTS ({_PROOF.format(row="NEW")}))
        BEGIN SELECT RAISE(ABORT, '{WITHOUT_PROOF}'); END"""
        for when in ("INSERT", "UPDATE")
    ),
    f"""CREATE TRIGGER proof_is_kept_use_update AFTER UPDATE ON {USE} WHEN {_USE_CHANGES}
        BEGIN SELECT RAISE(ABORT, '{WITHOUT_PROOF}') WHERE EXISTS ({_BARE.format(which=_OF_USE)}); END""",
    f"""CREATE TRIGGER proof_is_kept_use_delete AFTER DELETE ON {USE} WHEN OLD.state = 'used'
        BEGIN SELECT RAISE(ABORT, '{WITHOUT_PROOF}') WHERE EXISTS ({_BARE.format(which=_OF_USE)}); END""",
    f"""CREATE TRIGGER proof_is_kept_evidence AFTER UPDATE OF state, removed_at ON {EVIDENCE} WHEN {_PROOF_CHANGES}
        BEGIN SELECT RAISE(ABORT, '{WITHOUT_PROOF}') WHERE EXISTS ({_BARE.format(which=_OF_EVIDENCE)}); END""",
)
SQLITE_NAMES = (
    "met_needs_proof_insert",
    "met_needs_proof_update",
    "proof_is_kept_use_update",
    "proof_is_kept_use_delete",
    "proof_is_kept_evidence",
)

_REFUSE = f"RAISE EXCEPTION '{WITHOUT_PROOF}' USING ERRCODE = 'check_violation'"


def _function(name: str, condition: str, gives: str) -> str:
    body = f"BEGIN IF {condition} THEN {_REFUSE}; END IF; RETURN {gives}; END"
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$"


POSTGRESQL = (
    f"""CREATE FUNCTION met_needs_proof() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF NEW.description !~ '\\S' THEN {_REFUSE}; END IF;
            PERFORM 1 FROM ({_PROOF.format(row="NEW")} ORDER BY e.id LIMIT 1 FOR SHARE) held;
            IF NOT FOUND THEN {_REFUSE}; END IF;
            RETURN NEW;
        END $body$""",
    f"""CREATE TRIGGER met_needs_proof BEFORE INSERT OR UPDATE ON {LEVEL}
        FOR EACH ROW WHEN (NEW.judged = 'met') EXECUTE FUNCTION met_needs_proof()""",
    _function("proof_is_kept_of_use", f"EXISTS ({_BARE.format(which=_OF_USE)})", "NULL"),
    f"""CREATE TRIGGER proof_is_kept_use_update AFTER UPDATE ON {USE}
        FOR EACH ROW WHEN ({_USE_CHANGES}) EXECUTE FUNCTION proof_is_kept_of_use()""",
    f"""CREATE TRIGGER proof_is_kept_use_delete AFTER DELETE ON {USE}
        FOR EACH ROW WHEN (OLD.state = 'used') EXECUTE FUNCTION proof_is_kept_of_use()""",
    _function("proof_is_kept_of_evidence", f"EXISTS ({_BARE.format(which=_OF_EVIDENCE)})", "NULL"),
    f"""CREATE TRIGGER proof_is_kept_evidence AFTER UPDATE OF state, removed_at ON {EVIDENCE}
        FOR EACH ROW WHEN ({_PROOF_CHANGES}) EXECUTE FUNCTION proof_is_kept_of_evidence()""",
)


def put_up(sender: Any, using: str, **_: Any) -> None:
    """Makes the guard anew after every migration: where SQLite makes a table anew, its triggers are gone."""
    connection = connections[using]
    if not {LEVEL, USE, EVIDENCE} <= set(connection.introspection.table_names()):
        return
    take_down(sender, using)
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


def take_down(sender: Any, using: str, **_: Any) -> None:
    """Takes the guard away before migrations: SQLite renames no table that a trigger of another table speaks of."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in ("met_needs_proof", "proof_is_kept_of_use", "proof_is_kept_of_evidence"):
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
        else:
            for name in SQLITE_NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
