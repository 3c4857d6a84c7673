"""Borders (花边), rules and tints of areas: one table of how each is drawn, and what white text keeps inside it."""
