"""Boxes go out: hand-overs to couriers, delivery with proof."""
