"""The JSON Schemas of the files, for editors that complete and check keys while one types."""

from typing import Any

from layout.manifest.areas import StoryHead
from layout.manifest.issue_file import IssueFile
from layout.manifest.kinds import Record, Schema
from layout.manifest.paper import Paper

SCHEMAS: dict[str, Record[Any]] = {"issue": Record(IssueFile), "paper": Record(Paper), "story": Record(StoryHead)}


def json_schema(record: Record[Any]) -> Schema:
    """Return the JSON Schema (draft 2020-12) of a file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **record.schema()}
