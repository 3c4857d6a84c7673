"""Preflight: reads anyone's PDF and tells what a newspaper's press would stumble over."""
