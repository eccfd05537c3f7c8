"""What the invariants of boxes are judged on, stated independently of packing."""

import frappe

from sales_wh_flow.audit.rules.box_invariants import (
	BoxedSerials,
	BoxesEvidence,
	BoxStateEvidence,
	PackedEvidence,
)
from sales_wh_flow.audit.store.line_evidence import AuditScope
from sales_wh_flow.base.serial_nos import each_serial

_NOT_LEFT = """box.state not in ('Cancelled', 'Returned') and not exists (
	select 1 from `tabDelivery Note` note where note.name = box.delivery_note and note.docstatus = 1
	union all
	select 1 from `tabSales Invoice` bill where bill.name = box.sales_invoice and bill.docstatus = 1)"""


def read_boxes(scope: AuditScope) -> BoxesEvidence:
	"""Three statements."""
	return BoxesEvidence(_packed(scope), _serials(scope), _states(scope))


def _packed(scope: AuditScope) -> tuple[PackedEvidence, ...]:
	"""Picked rows of which something lies in a box, or is counted as if it did."""
	rows = frappe.db.sql(
		f"""select coalesce(pick.sales_order, rows_.sales_order), rows_.name, coalesce(pick.item_code, ''),
			if(pick.docstatus = 1, pick.picked_qty - pick.delivered_qty, 0), sum(rows_.lies),
			sum(rows_.counted)
		from (
			select content.pick_list_item name, content.sales_order, content.qty_stock lies, 0 counted
			from `tabOrder Box Item` content join `tabOrder Box` box on box.name = content.parent
			where {scope.only("content.sales_order", "orders")} and {_NOT_LEFT}
			union all
			select counted.name, counted.sales_order, 0, counted.packed_qty from `tabPacked Quantity` counted
			where {scope.only("counted.sales_order", "orders")} and counted.packed_qty <> 0
		) rows_ left join `tabPick List Item` pick on pick.name = rows_.name
		group by rows_.name""",
		scope.values,
	)
	return tuple(
		PackedEvidence(order, row, item, picked or 0.0, lies, counted)
		for order, row, item, picked, lies, counted in rows
		if row
	)


def _serials(scope: AuditScope) -> tuple[BoxedSerials, ...]:
	"""By item where no orders are asked for: two boxes may be of two orders."""
	by_item = scope.orders == ()
	which = scope.only(*(("content.item_code", "items") if by_item else ("content.sales_order", "orders")))
	rows = frappe.db.sql(
		f"""select content.parent, content.sales_order, content.item_code, content.serial_nos
		from `tabOrder Box Item` content join `tabOrder Box` box on box.name = content.parent
		where content.serial_nos <> '' and {which} and {_NOT_LEFT}""",
		scope.values,
	)
	return tuple(BoxedSerials(box, order, item, each_serial(serials)) for box, order, item, serials in rows)


def _states(scope: AuditScope) -> tuple[BoxStateEvidence, ...]:
	"""The last event of a box is the one that was recorded last."""
	contents = (
		"select content.parent from `tabOrder Box Item` content where content.sales_order in %(orders)s"
	)
	is_whole = scope.orders is None
	rows = frappe.db.sql(
		f"""select box.name, box.state, told.state from `tabOrder Box` box
		join (
			select event.box, event.state, row_number() over (
				partition by event.box order by event.recorded_on desc, event.creation desc) nth
			from `tabBox Event` event where {"1 = 1" if is_whole else f"event.box in ({contents})"}
		) told on told.box = box.name and told.nth = 1
		where box.state <> told.state""",
		scope.values,
	)
	return tuple(BoxStateEvidence(*row) for row in rows)
