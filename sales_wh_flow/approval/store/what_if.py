"""What a decision about an order is weighed against: who else asks for its stock, and what it earns.

Plain reads, nothing is locked: what is shown is a picture of this moment.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

import frappe
from frappe.utils import flt

from sales_wh_flow.approval.rules.needs import OPEN
from sales_wh_flow.approval.store.price_facts import cost_of_unit, rates_and_stock
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.stock_lock.rules.facts import WaitingLine


def lines_awaiting_approval(items: Iterable[str], warehouses: Iterable[str]) -> list[WaitingLine]:
	"""Lines of drafts that somebody was asked to approve and that want these items there: one statement.

	No statement without items or warehouses.
	"""
	codes, places = tuple(set(items)), tuple(set(warehouses))
	if not (codes and places):
		return []
	rows = frappe.db.sql(
		"""select so.name, line.name, line.item_code, line.warehouse, line.stock_qty, line.delivery_date,
			so.creation, coalesce(uom.must_be_whole_number, 0), so.company, so.customer, so.customer_group
		from `tabSales Order Item` line
		join `tabSales Order` so on so.name = line.parent and so.docstatus = 0
		join `tabItem` item on item.name = line.item_code and item.is_stock_item = 1
		left join `tabUOM` uom on uom.name = item.stock_uom
		where line.item_code in %(items)s and line.warehouse in %(warehouses)s
			and line.reserve_stock = 1 and line.delivered_by_supplier = 0
			and exists (select 1 from `tabOrder Approval` approval
				where approval.sales_order = so.name and approval.state = %(open)s)""",
		{"items": codes, "warehouses": places, "open": OPEN},
	)
	return [
		WaitingLine(
			order=order,
			row=row,
			item_code=item,
			warehouse=warehouse,
			qty_stock=flt(qty),
			due=datetime.combine(due, time.min) if due else None,
			since=since,
			is_whole_number=bool(is_whole),
			company=company,
			customer=customer,
			customer_group=group or "",
		)
		for order, row, item, warehouse, qty, due, since, is_whole, company, customer, group in rows
	]


def unit_costs(keys: Iterable[BinKey], company: str) -> Mapping[BinKey, float]:
	"""Cost of one stock unit in company currency, as approval rules take it; 0 where nothing is known.

	One statement.
	"""
	wanted = set(keys)
	if not wanted:
		return {}
	items_wanted, places = {item for item, _place in wanted}, {place for _item, place in wanted}
	rows: list[Any] = rates_and_stock(items_wanted, places, company)
	items = {row.name: row for row in rows}
	bins = {(row.name, row.warehouse): row for row in rows if row.warehouse}
	return {key: cost_of_unit(*key, items, bins)[0] or 0.0 for key in wanted}
