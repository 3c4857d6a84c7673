"""What comes in (来稿): dumps of web pages, saved pages, Word and plain text, which become a manifest with stories."""
