"""Blocks of a page and their make-up: each block is measured, then placed in the depth that it is given."""
