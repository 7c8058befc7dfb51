"""A journey as one document: its shapes, its JSON, and how it is read."""

from polku.journeys.document_json import FORMAT, from_json, plain_document
from polku.journeys.document_reading import (
    as_seen,
    document_for,
    read_agreed,
    read_document,
    read_version,
    seen_from,
    versions_of,
)
from polku.journeys.document_shapes import (
    CellDoc,
    JourneyDoc,
    Named,
    PainDoc,
    PictureDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
    shortened,
)


def to_json(doc: JourneyDoc) -> dict[str, object]:
    """The document as plain data."""
    return plain_document(doc)


__all__ = [
    "FORMAT", "CellDoc", "JourneyDoc", "Named", "PainDoc", "PictureDoc", "StageDoc", "StepDoc",
    "TouchpointDoc", "as_seen", "document_for", "from_json", "plain_document", "read_agreed",
    "read_document", "read_version", "seen_from", "shortened", "to_json", "versions_of",
]  # fmt: skip
