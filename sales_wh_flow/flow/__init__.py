"""Names that jobs and cached documents kept from before. Gone with the next version."""
