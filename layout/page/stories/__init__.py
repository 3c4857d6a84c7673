"""Stories in their areas: legs, tiers, text that runs round, jumps, and whether all of it fits."""
