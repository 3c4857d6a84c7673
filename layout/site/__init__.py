"""The digital edition (数字报) of a paper: a static site that holds many issues, made from what the archive knows of each."""
