"""Pick lists, waves, short picks, and the work of a warehouse."""
