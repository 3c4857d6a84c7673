"""From text to lines: shape once, break, justify. Knows faces and character classes, not pages."""
