"""Goods that were made, bought or requested for an order go to it first, where the settings say so.

They are locked in the transaction that brings them in, up to what came for the line, before anybody else who
waits is served.
"""

from collections import defaultdict
from collections.abc import Sequence

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.settings import STOCK_LOCK, flow_settings, is_on
from sales_wh_flow.order import hold, refresh_status
from sales_wh_flow.order.rules.held_statuses import HELD_STATUSES, NO_DEMAND
from sales_wh_flow.order.store import lines as orders
from sales_wh_flow.stock_lock import lock as lock_stock
from sales_wh_flow.stock_lock import sayings, tell_sellers
from sales_wh_flow.stock_lock.store import made_for
from sales_wh_flow.stock_lock.store.made_for import CameFor


def hold_their_orders(doc) -> None:
	"""Before the document holds its Bins: hold the orders it brings something in for, and name their Bins,
	so that all are held in one order.
	"""
	if not (is_on(STOCK_LOCK) and flow_settings().get("goods_for_order_first")):
		return
	came = made_for.what_came_for_orders(doc)
	names = made_for.orders_of_lines(came)
	if names:
		hold_rows.hold_order_rows(names)
		alongside(doc).came_for = came
		alongside(doc).also_held = {key for name in names for key in orders.bin_keys_of(name)}


def lock_what_came(doc) -> None:
	"""After the goods are there: lock them for the lines they came for."""
	came: Sequence[CameFor] = alongside(doc).take("came_for") or ()
	got: dict[str, float] = {}
	for name in made_for.orders_of_lines(came):
		order = hold.hold_order(name, for_update=True)
		is_open = order.docstatus.is_submitted() and order.status not in NO_DEMAND
		if not is_open or order.swf_flow_status in HELD_STATUSES:
			continue
		rows, most = _wanted(order, [it for it in came if it.order == name])
		if rows:
			reason = said.keep(sayings.came_for_order, doctype=doc.doctype, name=doc.name)
			plan = lock_stock.more(order, reason, rows, most)
			got[name] = sum(grant.qty_stock for grant in plan.grants)
			refresh_status.refresh_order(name)
	tell_sellers.what_their_orders_got({name: qty for name, qty in got.items() if qty}, {})


def _wanted(order, came: Sequence[CameFor]) -> tuple[set[str], dict[BinKey, float]]:
	"""The order's rows for which something came to where they are sent from, and how much of each Bin.

	Components are locked for whole bundles, so all of a bundle is looked at when one of them came.
	"""
	rows, most = set(), defaultdict(float)
	for it in came:
		found = [
			row
			for row in (*order.items, *order.packed_items)
			if (row.item_code, row.warehouse) == (it.item_code, it.warehouse) and it.row in ("", row.name)
		]
		if found:
			key = (it.item_code, it.warehouse)
			most[key] = rounded(most[key] + it.qty_stock)
			rows |= {row.name for row in found}
	kits = {part.parent_detail_docname for part in order.packed_items if part.name in rows}
	rows |= {part.name for part in order.packed_items if part.parent_detail_docname in kits}
	return rows, dict(most)
