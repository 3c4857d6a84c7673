"""Many issues at once: a job an issue, done by processes here or on a cluster, and not done again where it stands."""
