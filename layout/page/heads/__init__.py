"""Heads (标题) with all that belongs to them, level and vertical, of one story and over several."""
