"""How the sample company picks, packs, sends, takes back, bills and tells, as its people would set it up."""

import secrets

import frappe

from sales_wh_flow_demo import sample_doing as doing
from sales_wh_flow_demo.loading.company import root_warehouse
from sales_wh_flow_demo.loading.records import Records

SHELVES = ("A", "B", "C", "D")
MOST_SHELVES = 60
"""Items that have a shelf place in the first warehouse; a walk of the demo needs no more."""


def make(records: Records) -> None:
	"""Of the sample company alone: nobody else said what they want."""
	if not records.is_sample:
		return
	for row in doing.BOX_TYPES:
		name = row["box_type"]
		limits = {"max_weight_kg": doing.MOST_KG[name], "own_cost": doing.OWN_COST[name]}
		records.make("Box Type", {**row, **limits, "kind": "Box", "enabled": 1}, name)
	_make_couriers(records)
	_make_shelf_places(records)
	for title, group, moment in doing.BILLING:
		values = {"company": records.company, "customer_group": group or None, "moment": moment}
		values |= {"title": title, "enabled": 1, "invoice_per": "Order", "draft_by_itself": 1}
		records.make("Billing Policy", values, title)
	for milestone, audience, channel in doing.MESSAGES:
		title = f"{records.company}: {milestone}, {audience}"
		values = {"title": title, "state": "On", "company": records.company, "milestone": milestone}
		records.make("Message Rule", {**values, "audience": audience, "channel": channel}, title)


def _make_couriers(records: Records) -> None:
	"""One who sends signed messages, others by the own rates, and the own van with its driver."""
	values = {"courier_name": doing.OWN_VAN, "enabled": 1, "adapter": "Own Rates", "takes_cod": 1}
	records.make("Courier", values, doing.OWN_VAN)
	for courier in records.data.couriers:
		doc = frappe.get_doc("Courier", courier.name)
		if doc.adapter:
			continue
		doc.update({"adapter": "Own Rates", "silent_after_days": doing.SILENT_AFTER_DAYS, "cut_off": "17:00"})
		if courier.name == doing.PARCELS:
			doc.update({"adapter": "Generic Webhook", "webhook_secret": secrets.token_urlsafe(24)})
		doc.save()
	driver = next(person for person in records.data.people if person.name == doing.DRIVER)
	values = {"full_name": driver.name, "status": "Active", "swf_user": records.email(driver)}
	records.make("Driver", values, {"full_name": driver.name})
	van = {"license_plate": doing.PLATE, "make": "Own", "model": "Van", "fuel_type": "Diesel"}
	records.make("Vehicle", {**van, "last_odometer": 48200, "uom": "Litre"}, doing.PLATE)


def _make_shelf_places(records: Records) -> None:
	"""Where the picker of the first central warehouse finds what is asked for."""
	place = records.warehouse(records.data.routing_rules[1].candidates[1][0])
	for nth, item in enumerate(records.data.items[:MOST_SHELVES]):
		shelf = f"{SHELVES[nth % len(SHELVES)]}-{nth // len(SHELVES) + 1:02d}"
		key = {"item_code": item.code, "warehouse": place}
		records.make("Shelf Place", {**key, "place": shelf, "sequence": nth}, key)


def make_return_warehouses(records: Records) -> None:
	"""Before any stock is booked: ERPNext looks up the accounts of all warehouses once a process."""
	for place in (doing.QUARANTINE, doing.SCRAP) if records.is_sample else ():
		values = {"warehouse_name": place, "company": records.company, "swf_is_sellable": 0}
		values["parent_warehouse"] = root_warehouse(records)
		records.make("Warehouse", values, records.warehouse(place))
