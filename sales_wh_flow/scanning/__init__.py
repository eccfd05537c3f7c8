"""Scanning: what the text of a barcode stands for."""
