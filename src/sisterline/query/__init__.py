"""What people ask for: names they type, selections of partnerships."""
