"""From files to checked records."""
