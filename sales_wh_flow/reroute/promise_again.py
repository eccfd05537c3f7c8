"""The day on which another warehouse sends what went there."""

from collections.abc import Collection

import frappe

from sales_wh_flow.base import settings
from sales_wh_flow.order.store import rows as order_rows
from sales_wh_flow.reroute import movable
from sales_wh_flow.reroute.rules import moves
from sales_wh_flow.routing import read_facts
from sales_wh_flow.routing.promise_dates import promise_rows
from sales_wh_flow.routing.store import sales_items


def promise_rows_again(order: str, names: Collection[str]) -> None:
	"""The day on which another warehouse sends the rows that went there. What was promised first stays: being
	late is measured against it.
	"""
	if not settings.is_on(settings.ROUTING):
		return
	doc = frappe.get_doc("Sales Order", order)
	rows = [row for row in doc.items if row.name in names]
	facts = read_facts.read_routing_facts(doc, rows, sales_items.sales_items(row.item_code for row in rows))
	if facts is None:
		return
	own = [line for line in movable.movable_rows(doc) if line.row in names]
	told = promise_rows(facts, rows, moves.free_for(own, facts.free()))
	order_rows.set_ships_on({row.name: one.ships for row, one in zip(rows, told, strict=True)})
