"""Boxes that the issue itself fills: the index and the slots of the front page."""
