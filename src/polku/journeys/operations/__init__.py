"""Verbs of journeys. Every one is one transaction, holds the journey, and is kept as one edit."""

from polku.journeys.operations.filling import fill
from polku.journeys.operations.meeting import meet_at, new_touchpoint
from polku.journeys.operations.stages import add_stage, move_stage, remove_stage, write_stage
from polku.journeys.operations.steps import (
    add_step,
    copy_step,
    move_step,
    remove_step,
    write_step,
)
from polku.journeys.operations.texts import write_text

__all__ = [
    "add_stage", "add_step", "copy_step", "fill", "meet_at", "move_stage", "move_step",
    "new_touchpoint", "remove_stage", "remove_step", "write_stage", "write_step", "write_text",
]  # fmt: skip
