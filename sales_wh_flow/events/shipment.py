"""A carrier's app, or a person, writes on ERPNext's Shipment: its boxes learn it."""

from sales_wh_flow.couriers import shipment


def on_change(doc, method=None):
	shipment.read_back(doc)


def after_file(doc, method=None):
	shipment.read_label(doc)
