"""From stories to columns: galleys, legs, and the band heights that make a page full."""
