"""Files that are written whole, kept private, and read whatever has written them."""
