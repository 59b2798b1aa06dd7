"""Files become checked records."""
