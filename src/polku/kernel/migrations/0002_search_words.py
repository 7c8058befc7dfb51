"""Prefix search over ``search_text``: FTS5 on SQLite, a GIN index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE search_words USING fts5(
         folded, content='search_text', content_rowid='id',
         tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')""",
    """CREATE TRIGGER search_words_insert AFTER INSERT ON search_text BEGIN
         INSERT INTO search_words(rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER search_words_delete AFTER DELETE ON search_text BEGIN
         INSERT INTO search_words(search_words, rowid, folded)
         VALUES ('delete', old.id, old.folded); END""",
    """CREATE TRIGGER search_words_update AFTER UPDATE ON search_text BEGIN
         INSERT INTO search_words(search_words, rowid, folded)
         VALUES ('delete', old.id, old.folded);
         INSERT INTO search_words(rowid, folded) VALUES (new.id, new.folded); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER search_words_insert",
    "DROP TRIGGER search_words_delete",
    "DROP TRIGGER search_words_update",
    "DROP TABLE search_words",
]
POSTGRES = [
    "CREATE INDEX search_words ON search_text USING gin (to_tsvector('simple', folded))",
]
POSTGRES_BACK = ["DROP INDEX search_words"]


def _run(schema_editor, sqlite, postgres):
    statements = sqlite if schema_editor.connection.vendor == "sqlite" else postgres
    for statement in statements:
        schema_editor.execute(statement)


def forward(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRES)


def back(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRES_BACK)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(forward, back)]
