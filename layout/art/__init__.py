"""Art that comes from outside as PDF or SVG: read once, checked, and turned into values that an exporter can write."""
