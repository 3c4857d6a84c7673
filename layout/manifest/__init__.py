"""What the editor wrote, typed: YAML read from scalars with their marks, stories, and the JSON Schema."""
