"""Turns the flow on for a site that holds nothing but the loaded company, and back when that is removed."""

import json

import frappe

from sales_wh_flow.base.settings import CAPABILITIES

_REMEMBERED = "swf_sample_switches"


def turn_on(company: str) -> list[str]:
	"""Turns every capability on, and stock reservation with it; what was done or left, in words.

	The switches hold for the whole site: where another company has orders they are left as they are.
	"""
	stock, flow = frappe.get_doc("Stock Settings"), frappe.get_doc("Sales Flow Settings")
	off = [switch for switch in CAPABILITIES if flow.get(switch) != "On"]
	if stock.enable_stock_reservation and not off:
		return []
	if frappe.db.exists("Sales Order", {"company": ("!=", company)}):
		return ["Settings: left as they are, since another company has orders on this site"]
	before = {
		"company": company,
		"capabilities": off,
		"enable_stock_reservation": stock.enable_stock_reservation,
		"allow_negative_stock": stock.allow_negative_stock,
	}
	frappe.db.set_global(_REMEMBERED, json.dumps(before))
	stock.update({"allow_negative_stock": 0, "enable_stock_reservation": 1, "allow_partial_reservation": 1})
	stock.save()
	flow.update(dict.fromkeys(off, "On"))
	flow.save()
	frappe.db.commit()
	return ["Settings: stock reservation and every switch of the flow turned on"]


def turn_back(company: str) -> None:
	"""Puts back what ``turn_on`` changed for this company."""
	before = json.loads(frappe.db.get_global(_REMEMBERED) or "{}")
	if before.get("company") != company:
		return
	flow = frappe.get_doc("Sales Flow Settings")
	flow.update(dict.fromkeys(before["capabilities"], "Off"))
	flow.save()
	stock = frappe.get_doc("Stock Settings")
	stock.enable_stock_reservation = before["enable_stock_reservation"]
	stock.allow_negative_stock = before["allow_negative_stock"]
	if stock.default_warehouse and not frappe.db.exists("Warehouse", stock.default_warehouse):
		stock.default_warehouse = None  # it went with the company that the site was set up for
	stock.save()
	frappe.db.delete("DefaultValue", {"parent": "__global", "defkey": _REMEMBERED})
