"""The archive of an issue: its articles with their places, and the bag that libraries keep."""
