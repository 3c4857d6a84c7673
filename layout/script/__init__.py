"""What Chinese script demands of a line: character classes, breaks, widths, numerals, dates."""
