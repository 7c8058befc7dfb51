"""Verbs of journeys. Every one is one transaction, holds the journey, and is kept as one edit."""

from polku.journeys.operations.applying import apply_document
from polku.journeys.operations.cells import remove_cell, write_cell
from polku.journeys.operations.filling import fill
from polku.journeys.operations.meeting import meet_at, new_touchpoint
from polku.journeys.operations.pains import add_pain, decide_pain, remove_pain, write_pain
from polku.journeys.operations.pairing import make_counterpart
from polku.journeys.operations.pasting import PASTED, paste
from polku.journeys.operations.pictures import remove_picture, set_picture
from polku.journeys.operations.presence import leave_place, note_place
from polku.journeys.operations.stages import add_stage, move_stage, remove_stage, write_stage
from polku.journeys.operations.standing import agree, still_true, take_in_use
from polku.journeys.operations.steps import (
    add_step,
    copy_step,
    move_step,
    remove_step,
    write_step,
)
from polku.journeys.operations.texts import write_text
from polku.journeys.operations.undoing import redo, redoable, undo, undoable

__all__ = [
    "PASTED", "add_pain", "add_stage", "add_step", "agree", "apply_document", "copy_step",
    "decide_pain", "fill", "leave_place", "make_counterpart", "meet_at", "move_stage",
    "move_step", "new_touchpoint", "note_place", "paste", "redo", "redoable", "remove_cell",
    "remove_pain", "remove_picture", "remove_stage", "remove_step", "set_picture", "still_true",
    "take_in_use", "undo", "undoable", "write_cell", "write_pain", "write_stage", "write_step",
    "write_text",
]  # fmt: skip
