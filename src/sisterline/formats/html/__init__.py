"""HTML: one page of the selected partnerships, complete in one file that sends and loads nothing."""
