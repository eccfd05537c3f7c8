"""Goods leave: delivery notes, couriers, and the customer's receipt."""
