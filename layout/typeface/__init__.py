"""Type files: which file serves a role, glyphs and advances, shaping, subsets."""
