"""Reports as blocks that every format can lay out."""
