"""Couriers behind one port: what they cost, what they say of each parcel, and whose delay that is."""
