"""Stock that is on its way: open purchase, subcontracting and work orders, what was requested and is in
transit, and entries with a later date.
"""

from collections.abc import Iterable

import frappe

from sales_wh_flow.base import there
from sales_wh_flow.base.compat import transit_left_sql
from sales_wh_flow.stock_lock.rules.expectation import Incoming

SENT_AS_ASKED = """`tabMaterial Request Item` asked
join `tabStock Entry Detail` sent on sent.material_request = asked.parent
	and sent.material_request_item = asked.name and sent.docstatus = 1
join `tabStock Entry` entry on entry.name = sent.parent and entry.add_to_transit = 1"""
"""Rows ``sent`` into transit for the rows ``asked`` of requests, whether they have arrived or not."""

_INCOMING = f"""
select row.item_code, row.warehouse, (row.qty - row.received_qty) * row.conversion_factor qty,
	coalesce(row.expected_delivery_date, row.schedule_date) due, po.name, 'Purchase Order'
from `tabPurchase Order Item` row join `tabPurchase Order` po on po.name = row.parent
where po.docstatus = 1 and po.status not in ('Closed', 'On Hold') and row.received_qty < row.qty
	and row.item_code in %(items)s
union all
select row.item_code, row.warehouse, (row.qty - row.received_qty) * row.conversion_factor,
	coalesce(row.expected_delivery_date, row.schedule_date), sco.name, 'Subcontracting Order'
from `tabSubcontracting Order Item` row join `tabSubcontracting Order` sco on sco.name = row.parent
where sco.docstatus = 1 and sco.status not in ('Closed', 'Completed') and row.received_qty < row.qty
	and row.item_code in %(items)s
union all
select wo.production_item, wo.fg_warehouse, wo.qty - wo.produced_qty - wo.process_loss_qty,
	coalesce(date(wo.planned_end_date), date(wo.expected_delivery_date), date(wo.planned_start_date)),
	wo.name,
	'Work Order'
from `tabWork Order` wo
where wo.docstatus = 1 and wo.status not in ('Closed', 'Stopped', 'Completed')
	and wo.produced_qty + wo.process_loss_qty < wo.qty
	and wo.production_item in %(items)s
union all
select sent.item_code, asked.warehouse, {{left}}, asked.schedule_date, entry.name, 'Stock Entry'
from {SENT_AS_ASKED}
where asked.item_code in %(items)s and {{left}} > 0
union all
select sle.item_code, sle.warehouse, sle.actual_qty, sle.posting_date, sle.voucher_no, sle.voucher_type
from `tabBin` bin
join `tabStock Ledger Entry` sle on sle.item_code = bin.item_code and sle.warehouse = bin.warehouse
where bin.item_code in %(items)s and bin.actual_qty > 0 and sle.is_cancelled = 0 and sle.actual_qty > 0
	and sle.posting_datetime > %(soon)s
order by due"""


def incoming_sql() -> str:
	"""Open purchases and production, requested goods in transit, and what the ledger has with a later date:
	that is not there yet.
	"""
	return _INCOMING.format(left=transit_left_sql("sent"))


def of_items(items: Iterable[str]) -> list[Incoming]:
	"""What is on its way of these items, earliest first, in stock UOM; what has no date is left out."""
	codes = tuple({code for code in items if code})
	if not codes:
		return []
	values = {"items": codes, "soon": there.soon_value()}
	return [Incoming(*row) for row in frappe.db.sql(incoming_sql(), values) if row[1] and row[3]]
