"""How long orders stay in each stage of their life, in working time, and whose time it is."""
