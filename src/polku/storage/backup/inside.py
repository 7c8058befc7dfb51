"""What a copy of a database holds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Inside:
    """Rows of each table, and the migrations that the database has seen (app, name)."""

    tables: dict[str, int]
    migrations: list[tuple[str, str]]

    def differences(self, other: "Inside") -> list[str]:
        """Tables whose number of rows differs, as `table: ours, theirs`."""
        names = sorted(self.tables.keys() | other.tables.keys())
        pairs = [(name, self.tables.get(name), other.tables.get(name)) for name in names]
        return [f"{name}: {ours}, {theirs}" for name, ours, theirs in pairs if ours != theirs]
