"""Pictures with their words, alone and as blocks, and adverts."""
