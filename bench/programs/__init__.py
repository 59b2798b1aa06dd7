"""Programs that are measured; each runs alone, in the environment of what it measures."""
