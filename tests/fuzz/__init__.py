"""Feeds spoilt files to every room that reads files, to find what ends in anything but pages or findings."""
