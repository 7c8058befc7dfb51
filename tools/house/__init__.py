"""The rules of the house lint."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Breach:
    """One place that breaks a rule, and what to do about it."""

    path: Path
    line: int
    rule: str
    advice: str

    def shown_from(self, root: Path) -> str:
        path = self.path.relative_to(root) if self.path.is_relative_to(root) else self.path
        return f"{path}:{self.line}: {self.rule}: {self.advice}"
