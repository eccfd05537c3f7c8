"""Links of customers' pages, and what such a page shows."""

from collections.abc import Iterable
from datetime import datetime

import frappe
from frappe.utils import now, now_datetime

from sales_wh_flow.base import bulk
from sales_wh_flow.milestones.rules.customer_states import as_ordered
from sales_wh_flow.milestones.store.contents import AS_ORDERED, LINE
from sales_wh_flow.order.rules.lateness import AT_RISK, LATE

_DOCTYPE = "Customer Page Link"


def working_link(order: str, until: datetime) -> tuple[str, datetime] | None:
	"""(name, works until) of the order's link that works at least until then."""
	rows = frappe.db.sql(
		"""select name, expires_on from `tabCustomer Page Link`
		where sales_order = %s and revoked_on is null and expires_on >= %s
		order by expires_on desc limit 1""",
		(order, until),
	)
	return rows[0] if rows else None


def write_link(order: str, expires_on: datetime) -> str:
	"""A new link to an order's page; its name."""
	(name,), stamp, user = bulk.new_names(1), now(), frappe.session.user
	bulk.insert(
		_DOCTYPE,
		(
			"name",
			"owner",
			"creation",
			"modified",
			"modified_by",
			"docstatus",
			"idx",
			"sales_order",
			"expires_on",
		),
		[(name, user, stamp, stamp, user, 0, 0, order, expires_on)],
	)
	return name


def order_of_link(name: str) -> str | None:
	"""The order of a link that works; None for one that was withdrawn, is over, or never was."""
	rows = frappe.db.sql(
		"""select sales_order from `tabCustomer Page Link`
		where name = %s and revoked_on is null and expires_on >= %s""",
		(name, now_datetime()),
	)
	return rows[0][0] if rows else None


def ended_links(before: datetime, most: int) -> list[str]:
	"""Links that were over, or withdrawn, before then."""
	rows = frappe.db.sql(
		"""select name from `tabCustomer Page Link` where least(expires_on, coalesce(revoked_on, expires_on))
		< %s order by name limit %s""",
		(before, most),
	)
	return [row[0] for row in rows]


def revoke_links(order: str) -> int:
	"""Every link of the order stops working. Returns how many did work."""
	frappe.db.sql(
		"""update `tabCustomer Page Link` set revoked_on = %s, revoked_by = %s, modified = %s
		where sales_order = %s and revoked_on is null and expires_on >= %s""",
		(now(), frappe.session.user, now(), order, now_datetime()),
	)
	return bulk.changed_rows()


def outlive_page(order: str) -> None:
	"""The order is deleted: its links work for no other order that gets its number."""
	revoke_links(order)
	frappe.db.sql("update `tabCustomer Page Link` set sales_order = null where sales_order = %s", order)


def rows_shown(order: str, is_judged: bool) -> list[dict]:
	"""What was ordered, and how much has left. ``delivery_date``: the line's, unless the order is promised
	for a later day than all of it was asked for. ``is_promised``: the rest will leave. ``is_judged``:
	see `still.order_now`.
	"""
	return frappe.db.sql(
		"""select soi.idx, soi.item_name, soi.qty, soi.uom, soi.delivered_qty,
			coalesce(soi.swf_returned_qty, 0) returned_qty, coalesce(soi.swf_replaced_qty, 0) replaced_qty,
			coalesce(soi.swf_refunded_qty, 0) refunded_qty,
			if(so.swf_last_promised_on > so.delivery_date, so.swf_last_promised_on, soi.delivery_date)
				delivery_date,
			coalesce(soi.swf_line_expected_on, so.swf_forecast_on, so.swf_forecast_ships_on) expected_on,
			so.docstatus = 1 and so.status <> 'Closed' is_promised,
			%s and so.swf_lateness in %s is_delayed
		from `tabSales Order Item` soi join `tabSales Order` so on so.name = soi.parent
		where soi.parent = %s order by soi.idx""",
		(is_judged, (AT_RISK, LATE), order),
		as_dict=True,
	)


def notes_for_customer(order: str) -> list[dict]:
	"""Submitted notes, without returns, the oldest first."""
	return frappe.db.sql(
		"""select dn.name, dn.posting_date sent_on, dn.swf_delivered_on delivered_on,
			dn.swf_tracking_no tracking_no, courier.name courier, courier.tracking_url,
			coalesce(so.swf_forecast_on, so.swf_last_promised_on, so.delivery_date) expected_on
		from `tabDelivery Note Item` row join `tabDelivery Note` dn on dn.name = row.parent
		join `tabSales Order` so on so.name = row.against_sales_order
		left join `tabCourier` courier on courier.name = dn.swf_courier
		where row.against_sales_order = %s and dn.docstatus = 1 and dn.is_return = 0
		group by dn.name order by dn.posting_date, dn.name""",
		order,
		as_dict=True,
	)


def goods_sent(order: str, notes: Iterable[str], boxes: Iterable[str]) -> list[tuple[str, str, float, str]]:
	"""(note or box, item name, quantity, its unit) of the order's goods on these; at most one statement."""
	wanted = {"order": order, "notes": tuple(notes) or ("",), "boxes": tuple(boxes) or ("",)}
	if wanted["notes"] == wanted["boxes"] == ("",):
		return []
	rows = frappe.db.sql(
		f"""select row.parent, row.item_name, sum(row.qty), row.uom, null, null
		from `tabDelivery Note Item` row
		where row.parent in %(notes)s and row.against_sales_order = %(order)s
		group by row.parent, row.so_detail, row.item_name, row.uom
		union all
		select item.parent, item.item_name, sum(item.qty_stock), item.stock_uom, {AS_ORDERED}
		from `tabOrder Box Item` item {LINE}
		where item.parent in %(boxes)s and item.sales_order = %(order)s
		group by item.parent, item.sales_order_item, item.item_name, item.stock_uom
		order by 1, 2""",
		wanted,
	)
	return [(name, item, *as_ordered(*told)) for name, item, *told in rows]


def boxes_of_order(order: str) -> list[dict]:
	"""Boxes that have left with goods of the order."""
	return frappe.db.sql(
		"""select box.name, box.state, box.courier, box.tracking_no, box.tracking_url,
			box.handed_over_on sent_on, box.delivered_on, box.delivery_note,
			coalesce(box.expected_on, so.swf_forecast_on, so.swf_last_promised_on,
				so.delivery_date) expected_on
		from `tabOrder Box Item` item join `tabOrder Box` box on box.name = item.parent
		join `tabSales Order` so on so.name = item.sales_order
		where item.sales_order = %s and box.state not in ('Open', 'Closed', 'Cancelled')
		group by box.name order by box.handed_over_on, box.name""",
		order,
		as_dict=True,
	)


def invoices_of_customer_order(order: str) -> list[tuple[str, bool]]:
	"""(name, whether it is a credit note) of submitted invoices with rows of the order."""
	rows = frappe.db.sql(
		"""select distinct si.name, si.is_return from `tabSales Invoice Item` sii
		join `tabSales Invoice` si on si.name = sii.parent
		where sii.sales_order = %s and si.docstatus = 1 order by si.name""",
		order,
	)
	return [(name, bool(is_return)) for name, is_return in rows]


def orders_of_customers(customers: list[str], most: int = 50) -> list[dict]:
	"""The customers' submitted orders, the newest first."""
	if not customers:
		return []
	return frappe.db.sql(
		"""select name, po_no, transaction_date, swf_flow_status, docstatus, per_delivered, status
		from `tabSales Order` where customer in %s and docstatus > 0
		order by transaction_date desc, name desc limit %s""",
		(tuple(customers), most),
		as_dict=True,
	)
