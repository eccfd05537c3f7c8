"""Turns the flow on for a site that holds nothing but the loaded company, and back when that is removed."""

import json

import frappe

from sales_wh_flow.base.settings import CAPABILITIES
from sales_wh_flow.stock_lock.store.open_demand import NOT_FOR_RETURNS
from sales_wh_flow_demo import sample_doing as doing
from sales_wh_flow_demo.loading.records import Records

_REMEMBERED = "swf_sample_switches"
_ROWS = ("packing_companies", "return_places")
"""Tables of the settings that name the company."""
_BATCHES = "enable_serial_and_batch_no_for_item"
"""Where later ERPNext is told whether items have batches and serial numbers at all."""


def allow_batches(records: Records) -> None:
	"""Lets items have batches and serial numbers, for the whole site, where the company's have."""
	stock = frappe.get_doc("Stock Settings")
	if (
		stock.meta.has_field(_BATCHES)
		and not stock.get(_BATCHES)
		and any(it.tracking for it in records.data.items)
	):
		frappe.db.set_global(_REMEMBERED, json.dumps({"company": records.company, _BATCHES: 0}))
		stock.set(_BATCHES, 1)
		stock.save()


def turn_on(records: Records) -> list[str]:
	"""Turns every capability on, and stock reservation with it; what was done or left, in words.

	The switches hold for the whole site: where another company has orders they are left as they are.
	"""
	company = records.company
	stock, flow = frappe.get_doc("Stock Settings"), frappe.get_doc("Sales Flow Settings")
	wanted = {**dict.fromkeys(CAPABILITIES, "On"), **(doing.SETTINGS if records.is_sample else {})}
	others = {field: flow.get(field) for field, value in wanted.items() if flow.get(field) != value}
	if stock.enable_stock_reservation and not others:
		return []
	if frappe.db.exists("Sales Order", {"company": ("!=", company)}):
		return ["Settings: left as they are, since another company has orders on this site"]
	before = {
		**_remembered(company),
		"company": company,
		"flow": others,
		"enable_stock_reservation": stock.enable_stock_reservation,
		"allow_negative_stock": stock.allow_negative_stock,
		"asks_for_returns": not frappe.db.get_single_value("Selling Settings", NOT_FOR_RETURNS),
	}
	frappe.db.set_global(_REMEMBERED, json.dumps(before))
	stock.update({"allow_negative_stock": 0, "enable_stock_reservation": 1, "allow_partial_reservation": 1})
	stock.save()
	flow.update(wanted)
	if records.is_sample:
		_add_rows(records, flow)
	flow.save()
	frappe.db.commit()
	return ["Settings: stock reservation and every switch of the flow turned on"]


def _add_rows(records: Records, flow) -> None:
	"""What leaves lies in boxes; what comes back and is not sold again lies apart."""
	flow.append(
		"packing_companies", {"company": records.company, "gate": "Block", "gs1_prefix": doing.GS1_PREFIX}
	)
	flow.append(
		"return_places",
		{
			"company": records.company,
			"quarantine_warehouse": records.warehouse(doing.QUARANTINE),
			"scrap_warehouse": records.warehouse(doing.SCRAP),
		},
	)


def turn_flow_back(company: str) -> None:
	"""Puts back what ``turn_on`` changed in Sales Flow Settings for this company; its rows go in any case."""
	before = _remembered(company)
	flow = frappe.get_doc("Sales Flow Settings")
	left = {field: [row for row in flow.get(field) if row.company != company] for field in _ROWS}
	if before or any(len(rows) != len(flow.get(field)) for field, rows in left.items()):
		flow.update({**left, **before.get("flow", {})})
		flow.save()


def turn_stock_back(company: str) -> None:
	"""The same for Stock Settings, once the company's warehouses are gone."""
	before = _remembered(company)
	if not before:
		return
	stock = frappe.get_doc("Stock Settings")
	if frappe.db.exists("Serial and Batch Bundle", {"docstatus": 1}):
		before.pop(_BATCHES, None)  # another company has some by now
	changed = ("enable_stock_reservation", "allow_negative_stock", _BATCHES)
	stock.update({field: before[field] for field in changed if field in before})
	if stock.default_warehouse and not frappe.db.exists("Warehouse", stock.default_warehouse):
		stock.default_warehouse = None  # it went with the company that the site was set up for
	stock.save()
	if before.get("asks_for_returns"):
		frappe.db.set_single_value("Selling Settings", NOT_FOR_RETURNS, 0)
	frappe.defaults.clear_default(_REMEMBERED, parent="__global")  # deleting the row leaves it in the cache


def _remembered(company: str) -> dict:
	before = json.loads(frappe.db.get_global(_REMEMBERED) or "{}")
	if "capabilities" in before:  # as the load of an earlier version remembered it
		before["flow"] = dict.fromkeys(before.pop("capabilities"), "Off")
	return before if before.get("company") == company else {}
