"""What every desk page knows of the flow from its first load on."""

import frappe

from sales_wh_flow.base import docs_pages
from sales_wh_flow.base.settings import (
	BILLING,
	CAPABILITIES,
	FULFILMENT,
	MESSAGES,
	any_on,
	flow_settings,
	is_on,
	is_used,
)
from sales_wh_flow.order.rules import held_statuses
from sales_wh_flow.order.rules.start_page import start_page
from sales_wh_flow.order.rules.status import COLOURS
from sales_wh_flow.picking.shared_phone import walk_as
from sales_wh_flow.stock_lock import typing_holds


def extend(bootinfo) -> None:
	"""Tell the desk which capabilities are on.

	Shape of ``bootinfo.swf``: {capability: bool, ..., "docs": address, "statuses": {name of a list:
	[status]}, "colours": {flow status: colour}, "starts_at": page or ""}; with
	all of them off there are no colours, and the forms show and ask nothing.
	"""
	bootinfo.swf = {capability: is_on(capability) for capability in CAPABILITIES}
	bootinfo.swf["billing"] = is_used(BILLING)
	bootinfo.swf["messages"] = is_used(MESSAGES)
	bootinfo.swf["customer_page"] = bool(flow_settings().get("customer_page"))
	bootinfo.swf["shared_phones"] = walk_as.are_shared()
	bootinfo.swf["typing_holds"] = typing_holds.are_on()
	bootinfo.swf["notes_a_warehouse"] = flow_settings().get("notes_of_order") == "One a Warehouse"
	bootinfo.swf["docs"] = docs_pages.address()
	bootinfo.swf["statuses"] = {
		"no_demand": held_statuses.NO_DEMAND,
		"over": held_statuses.OVER,
		"arrived": held_statuses.ARRIVED,
		"ended": held_statuses.ENDED,
		"held": held_statuses.HELD_STATUSES,
	}
	bootinfo.swf["starts_at"] = start_page(frappe.get_roles()) if is_on(FULFILMENT) else ""
	bootinfo.swf["colours"] = COLOURS if any_on() else {}
