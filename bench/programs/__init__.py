"""Programs that are measured; each is run as a script of its own."""
