"""Reports laid out for a terminal."""
