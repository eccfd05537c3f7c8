"""Bring ERPNext's Stock Settings in line with Stock Lock, with one click."""

import frappe
from frappe import _

from sales_wh_flow.base.compat import NEGATIVE_STOCK

# Negative stock first: ERPNext refuses reservation while it is allowed.
WANTED = {**dict.fromkeys(NEGATIVE_STOCK, 0), "enable_stock_reservation": 1}


def contradictions() -> list[str]:
	"""What in Stock Settings keeps Stock Lock from being switched on, in words; empty when nothing does."""
	stock = frappe.get_cached_doc("Stock Settings")
	found = [
		_("Stock Settings allow negative stock: what is not there can't be locked. Clear '{0}'.").format(
			_(label)
		)
		for field, label in NEGATIVE_STOCK.items()
		if stock.get(field)
	]
	if not stock.enable_stock_reservation:
		found.append(_("Stock Settings have stock reservation off. Tick 'Enable Stock Reservation'."))
	return found


def fix() -> None:
	"""Write what Stock Lock needs into Stock Settings; the user's rights and ERPNext's own checks hold.

	ERPNext refuses, saying so, while any Bin is below zero.
	"""
	stock = frappe.get_doc("Stock Settings")
	for field, value in WANTED.items():
		if stock.meta.has_field(field) and stock.get(field) != value:
			stock.set(field, value)
			stock.save()
