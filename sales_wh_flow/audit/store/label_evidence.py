"""What the invariants of couriers' labels are judged on, stated independently of couriers and collection."""

import frappe
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.audit.rules.label_invariants import (
	BoxLabelEvidence,
	FetchedTwice,
	LabelEvidence,
	LeftUnderVoided,
	UnsettledLabel,
)
from sales_wh_flow.audit.store.line_evidence import AuditScope

_OF_ORDERS = """box.name in (
	select content.parent from `tabOrder Box Item` content where content.sales_order in %(orders)s)"""


def read_labels(scope: AuditScope) -> LabelEvidence:
	"""Five statements."""
	where = "1 = 1" if scope.orders is None else _OF_ORDERS
	values = {**scope.values, "day_ago": add_to_date(now_datetime(), days=-1)}

	def told(columns: str, tables: str, condition: str) -> list[tuple]:
		return frappe.db.sql(f"select {columns} from {tables} where {condition} and {where}", values)

	of_boxes = "`tabCourier Label` label join `tabOrder Box` box on box.name = label.box"
	on_boxes = told(
		"box.name, coalesce(label.tracking_no, ''), coalesce(box.tracking_no, '')",
		of_boxes,
		"""label.state = 'On Box' and (box.label_made_on is null
			or coalesce(label.label_ref, '') <> coalesce(box.label_ref, '')
			or coalesce(label.tracking_no, '') <> coalesce(box.tracking_no, ''))""",
	)
	unwritten = told(
		"box.name, coalesce(box.tracking_no, '')",
		"`tabOrder Box` box",
		"""box.label_made_on is not null and not exists (select 1 from `tabCourier Label` label
			where label.box = box.name and label.state in ('On Box', 'To Give Back')
				and label.label_ref = box.label_ref)""",
	)
	left = told(
		"box.name, box.state, box.tracking_no",
		"""`tabCourier Label` label join `tabOrder Box` box
			on box.name = label.box and box.tracking_no = label.tracking_no
				and box.courier = label.courier""",
		"label.state = 'Given Back' and box.state not in ('Open', 'Closed', 'Cancelled', 'Returned')",
	)
	unsettled = told(
		"box.name, label.state",
		of_boxes,
		"label.state in ('Asked', 'To Give Back') and label.asked_on < %(day_ago)s",
	)
	fetched = told(
		"box.name, box.state, row_.parent",
		"""`tabCourier Handover Box` row_ join `tabOrder Box` box on box.name = row_.box
			join `tabCourier Handover` head on head.name = row_.parent
			join `tabDelivery Note` note on note.name = box.delivery_note and note.docstatus = 1""",
		"row_.state = 'Scanned' and head.state in ('Open', 'Closing') and box.state <> 'Closed'",
	)
	return LabelEvidence(
		tuple(
			BoxLabelEvidence(box, number or "(no number)", on_box if number != on_box else "")
			for box, number, on_box in on_boxes
		),
		tuple((box, number) for box, number in unwritten),
		tuple(LeftUnderVoided(*row) for row in left),
		tuple(UnsettledLabel(*row) for row in unsettled),
		tuple(FetchedTwice(*row) for row in fetched),
	)
