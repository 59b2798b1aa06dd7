"""Text of any script: made safe to print, measured in cells, compared."""
