"""The Sales Order itself: its lines, rows, flow status, and who may see it."""
