"""Bring ERPNext's Stock Settings in line with Stock Lock, with one click."""

import frappe
from frappe import _

WANTED = {"enable_stock_reservation": 1, "allow_negative_stock": 0}


def contradictions() -> list[str]:
	"""What in Stock Settings keeps Stock Lock from being switched on, in words; empty when nothing does."""
	stock = frappe.get_cached_doc("Stock Settings")
	found = []
	if stock.allow_negative_stock:
		found.append(
			_(
				"Stock Settings allow negative stock: what is not there can't be locked. Clear 'Allow "
				"Negative Stock'."
			)
		)
	if not stock.enable_stock_reservation:
		found.append(_("Stock Settings have stock reservation off. Tick 'Enable Stock Reservation'."))
	return found


def fix() -> None:
	"""Write what Stock Lock needs into Stock Settings; the user's rights and ERPNext's own checks hold.

	ERPNext refuses, saying so, while any Bin is below zero.
	"""
	stock = frappe.get_doc("Stock Settings")
	# Negative stock first: ERPNext refuses reservation while it is allowed.
	for field in ("allow_negative_stock", "enable_stock_reservation"):
		if stock.get(field) != WANTED[field]:
			stock.set(field, WANTED[field])
			stock.save()
