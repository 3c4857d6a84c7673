"""Resolved typography: the grid of a page, sizes and styles, and the plan that the later stages work from."""
