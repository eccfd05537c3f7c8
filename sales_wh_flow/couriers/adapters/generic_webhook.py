"""A courier, or a program between, that sends signed JSON of any shape; freight is the company's own list."""

from sales_wh_flow.couriers.adapters.own_rates import OwnRates


class GenericWebhook(OwnRates):
	"""Reads bodies by the paths and words of the courier's form: ``rules/courier_message.py``."""
