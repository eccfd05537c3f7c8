"""Packing: what lies in which box, and what happens to the box until it is at the door or back."""
