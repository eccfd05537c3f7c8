"""Boxes, their contents and their events in the database."""
