"""Which warehouse serves which line, and for when it is promised."""
