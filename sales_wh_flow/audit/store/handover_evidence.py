"""What the invariants of hand-overs are judged on, stated independently of delivery."""

import frappe

from sales_wh_flow.audit.rules.handover_invariants import (
	HandedOverGoods,
	HandoverEvidence,
	LeftBox,
	ManifestRow,
)
from sales_wh_flow.audit.store.line_evidence import AuditScope

_LEFT = """('Handed Over', 'In Transit', 'Out for Delivery', 'Ready for Pickup', 'Delivered',
	'Partly Accepted', 'Refused', 'Delivery Failed', 'Returning')"""

_OF_ORDERS = """box.name in (
	select content.parent from `tabOrder Box Item` content where content.sales_order in %(orders)s)"""


def read_handovers(scope: AuditScope) -> HandoverEvidence:
	"""Three statements."""
	where = "1 = 1" if scope.orders is None else _OF_ORDERS
	left = frappe.db.sql(
		f"""select box.name, box.state, coalesce(note.docstatus, bill.docstatus) from `tabOrder Box` box
		left join `tabDelivery Note` note on note.name = box.delivery_note
		left join `tabSales Invoice` bill on bill.name = box.sales_invoice and bill.update_stock = 1
		where box.state in {_LEFT} and coalesce(note.docstatus, bill.docstatus, 0) <> 1 and {where}""",
		scope.values,
	)
	manifest = frappe.db.sql(
		f"""select row_.parent, box.name, box.state, coalesce(box.handover, '')
		from `tabCourier Handover Box` row_ join `tabOrder Box` box on box.name = row_.box
		where row_.state = 'Handed Over' and {where}
			and (box.state in ('Open', 'Closed', 'Cancelled')
				or coalesce(box.handover, '') <> row_.parent)""",
		scope.values,
	)
	return HandoverEvidence(
		tuple(LeftBox(*row) for row in left), tuple(ManifestRow(*row) for row in manifest), _goods(scope)
	)


def _goods(scope: AuditScope) -> tuple[HandedOverGoods, ...]:
	"""Rows of submitted notes that a hand-over names, where note and boxes do not say the same."""
	rows = frappe.db.sql(
		f"""select said.note, max(said.sales_order), said.line, max(said.item_code), sum(said.noted),
			sum(said.boxed)
		from (
			select note.parent note, note.against_sales_order sales_order, note.so_detail line,
				note.item_code, note.stock_qty noted, 0 boxed
			from `tabDelivery Note Item` note join `tabItem` item on item.name = note.item_code
			where note.docstatus = 1 and item.is_stock_item = 1 and coalesce(note.so_detail, '') <> ''
				and {scope.only("note.against_sales_order", "orders")}
			union all
			select note.parent, note.against_sales_order, ordered.name, part.item_code, part.qty, 0
			from `tabDelivery Note Item` note
			join `tabPacked Item` part on part.parent_detail_docname = note.name
				and part.parent = note.parent and part.parenttype = 'Delivery Note'
			join `tabPacked Item` ordered on ordered.parent = note.against_sales_order
				and ordered.parenttype = 'Sales Order' and ordered.parent_detail_docname = note.so_detail
				and ordered.item_code = part.item_code
			join `tabItem` item on item.name = part.item_code and item.is_stock_item = 1
			where note.docstatus = 1 and {scope.only("note.against_sales_order", "orders")}
			union all
			select box.delivery_note, content.sales_order,
				coalesce(nullif(content.packed_item, ''), content.sales_order_item), content.item_code,
				0, content.qty_stock
			from `tabOrder Box Item` content join `tabOrder Box` box on box.name = content.parent
			where {scope.only("content.sales_order", "orders")}
		) said
		where said.note in (select row_.delivery_note from `tabCourier Handover Box` row_
			where row_.state = 'Handed Over')
		group by said.note, said.line having abs(sum(said.noted) - sum(said.boxed)) > 0.0000005""",
		scope.values,
	)
	return tuple(HandedOverGoods(*row) for row in rows)
