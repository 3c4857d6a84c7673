"""The checks, a module a topic: each takes facts and the list in force, and yields what it finds."""
