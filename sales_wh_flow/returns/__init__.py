"""Goods that come back: what of them, in which condition, and what becomes of them and of the money."""
