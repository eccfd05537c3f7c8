"""Where a lot went, as the stock ledger, boxes and reservations tell."""

from collections.abc import Collection, Sequence
from typing import Any

import frappe
from frappe.utils import flt

from sales_wh_flow.returns.rules.recall import LotMove

SENDING = ("Delivery Note", "Sales Invoice", "POS Invoice")
"""What goods leave to customers with."""


def moves_of_lot(item_code: str, batch_no: str, serial_nos: Sequence[str]) -> list[LotMove]:
	"""All movements of a batch or of serial numbers, in their order; one statement for bundles, one for rows
	from before them. ``item_code``: "" for whatever item bears the number.
	"""
	values = {"item": item_code, "batch": batch_no, "serials": tuple(serial_nos) or ("",)}
	mine = "(%(item)s = '' or sle.item_code = %(item)s)"
	of_lot = "entry.batch_no = %(batch)s" if batch_no else "entry.serial_no in %(serials)s"
	rows = frappe.db.sql(
		f"""select sle.voucher_type, sle.voucher_no, coalesce(sle.voucher_detail_no, ''), sle.item_code,
			sle.warehouse, sle.posting_date, coalesce(entry.batch_no, ''), coalesce(entry.serial_no, ''),
			sign(sle.actual_qty) * abs(entry.qty)
		from `tabSerial and Batch Entry` entry
		join `tabStock Ledger Entry` sle on sle.serial_and_batch_bundle = entry.parent
		where {of_lot} and sle.is_cancelled = 0 and {mine}
		order by sle.posting_date, sle.posting_time, sle.creation""",
		values,
	)
	if batch_no:
		rows += frappe.db.sql(
			f"""select sle.voucher_type, sle.voucher_no, coalesce(sle.voucher_detail_no, ''), sle.item_code,
				sle.warehouse, sle.posting_date, sle.batch_no, '', sle.actual_qty
			from `tabStock Ledger Entry` sle
			where sle.batch_no = %(batch)s and coalesce(sle.serial_and_batch_bundle, '') = ''
				and sle.is_cancelled = 0 and {mine}
			order by sle.posting_date, sle.posting_time, sle.creation""",
			values,
		)
	origins = _origins({row[2] for row in rows if row[0] in SENDING})
	return [_move(row, origins) for row in rows]


def _move(row: tuple, origins: dict[str, tuple[str, str]]) -> LotMove:
	doctype, document, detail, item, place, day, batch, serial, qty = row
	own, origin = origins.get(detail, (detail, detail))
	return LotMove(doctype, document, own, origin, item, place, day, batch, serial, flt(qty))


def _origins(details: Collection[str]) -> dict[str, tuple[str, str]]:
	"""{row of the ledger: (row of the document, the row that it takes back, or the same)}."""
	names = tuple(details)
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select name, name, coalesce(nullif(dn_detail, ''), name) from `tabDelivery Note Item`
			where name in %(names)s
		union all select name, name, coalesce(nullif(sales_invoice_item, ''), name)
			from `tabSales Invoice Item` where name in %(names)s
		union all select name, name, coalesce(nullif(pos_invoice_item, ''), name)
			from `tabPOS Invoice Item` where name in %(names)s
		union all select part.name, row.name, coalesce(nullif(row.dn_detail, ''), row.name)
			from `tabPacked Item` part
			join `tabDelivery Note Item` row on row.name = part.parent_detail_docname
			where part.name in %(names)s
		union all select part.name, row.name, coalesce(nullif(row.sales_invoice_item, ''), row.name)
			from `tabPacked Item` part
			join `tabSales Invoice Item` row on row.name = part.parent_detail_docname
			where part.name in %(names)s""",
		{"names": names},
	)
	return {name: (own, origin) for name, own, origin in rows}


def sent_to(names: Collection[str]) -> dict[str, dict[str, Any]]:
	"""{row: its customer, order and what reaches the customer}; one statement, none for none."""
	wanted = tuple(names)
	if not wanted:
		return {}
	head = """coalesce(doc.customer, '') customer, coalesce(doc.customer_name, '') customer_name,
		coalesce(nullif(doc.contact_email, ''), customer.email_id, '') email,
		coalesce(nullif(doc.contact_mobile, ''), customer.mobile_no, '') phone"""
	join = "left join `tabCustomer` customer on customer.name = doc.customer"
	rows = frappe.db.sql(
		f"""select row.name, coalesce(row.against_sales_order, '') sales_order,
			coalesce(row.so_detail, '') order_row, {head}
		from `tabDelivery Note Item` row join `tabDelivery Note` doc on doc.name = row.parent {join}
		where row.name in %(names)s
		union all select row.name, coalesce(row.sales_order, ''), coalesce(row.so_detail, ''), {head}
		from `tabSales Invoice Item` row join `tabSales Invoice` doc on doc.name = row.parent {join}
		where row.name in %(names)s
		union all select row.name, coalesce(row.sales_order, ''), coalesce(row.so_detail, ''), {head}
		from `tabPOS Invoice Item` row join `tabPOS Invoice` doc on doc.name = row.parent {join}
		where row.name in %(names)s""",
		{"names": wanted},
		as_dict=True,
	)
	return {row.pop("name"): row for row in rows}


def boxes_of_lot(item_code: str, batch_no: str, serial_nos: Sequence[str]) -> list[dict[str, Any]]:
	"""The rows of boxes that hold the lot or left with it, with who received them; one statement."""
	of_lot = "content.batch_no = %(batch)s" if batch_no else "content.serial_nos is not null"
	return frappe.db.sql(
		f"""select box.name box, box.state, coalesce(box.delivery_note, box.sales_invoice, '') document,
			coalesce(box.tracking_no, '') tracking_no, coalesce(box.courier, '') courier, box.delivered_on,
			box.warehouse, coalesce(box.customer, '') customer, coalesce(box.customer_name, '') customer_name,
			content.sales_order, content.sales_order_item order_row, content.item_code,
			coalesce(content.batch_no, '') batch_no, coalesce(content.serial_nos, '') serial_nos,
			content.qty_stock, (select proof.receiver from `tabDelivery Proof` proof
				where proof.box = box.name and coalesce(proof.replaced_by, '') = ''
					and proof.outcome <> 'Failed Attempt'
				order by proof.creation desc limit 1) receiver
		from `tabOrder Box Item` content join `tabOrder Box` box on box.name = content.parent
		where content.qty_stock > 0 and box.state <> 'Cancelled' and {of_lot}
			and (content.item_code = %(item)s or %(item)s = '')
			and (%(batch)s <> '' or content.item_code in
				(select item_code from `tabSerial No` where name in %(serials)s))
		order by box.name""",
		{"item": item_code, "batch": batch_no, "serials": tuple(serial_nos) or ("",)},
		as_dict=True,
	)


def locks_of_lot(item_code: str, batch_no: str, serial_nos: Sequence[str]) -> list[dict[str, Any]]:
	"""Orders that the lot is locked for, and how much of it; one statement."""
	of_lot = "entry.batch_no = %(batch)s" if batch_no else "entry.serial_no in %(serials)s"
	return frappe.db.sql(
		f"""select lock_.voucher_no sales_order, so.customer, so.customer_name, lock_.item_code,
			lock_.warehouse, coalesce(entry.batch_no, '') batch_no,
			group_concat(nullif(entry.serial_no, '') order by entry.serial_no separator '\n') serial_nos,
			sum(abs(entry.qty) - entry.delivered_qty) qty
		from `tabSerial and Batch Entry` entry
		join `tabStock Reservation Entry` lock_ on lock_.name = entry.parent
			and entry.parenttype = 'Stock Reservation Entry'
		join `tabSales Order` so on so.name = lock_.voucher_no
		where {of_lot} and lock_.docstatus = 1 and lock_.status not in ('Delivered', 'Cancelled')
			and lock_.voucher_type = 'Sales Order' and (%(item)s = '' or lock_.item_code = %(item)s)
		group by lock_.voucher_no, so.customer, so.customer_name, lock_.item_code, lock_.warehouse,
			entry.batch_no
		having qty > 0 order by lock_.voucher_no""",
		{"item": item_code, "batch": batch_no, "serials": tuple(serial_nos) or ("",)},
		as_dict=True,
	)
