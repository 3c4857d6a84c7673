"""Finished pages to files: every exporter only walks frames."""
