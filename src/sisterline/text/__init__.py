"""Text of any script: made safe to print, measured in terminal cells, compared."""
