"""What lay in a parcel that was lost or damaged is to be sent again."""

import frappe

from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.returns import open_case
from sales_wh_flow.returns.rules.facts import REPLACE
from sales_wh_flow.returns.store import cases
from sales_wh_flow.returns.store import shipped as store


def case_of_parcel(name: str) -> str:
	"""The Return Case of a box, with each row to be replaced; its name. One that there is, is it: pressed
	twice, nothing goes out twice. Call it in a fresh transaction.

	Raises: ValidationError for a box that left with no Delivery Note.
	"""
	open_case.check_is_on()
	box = frappe.get_doc("Order Box", name)
	box.check_permission("read")
	store.hold_notes([box.delivery_note or ""])
	before = cases.of_box(name)
	if before:
		frappe.get_doc("Return Case", before).check_permission("read")
		return before
	shipped = list(store.read_rows(store.rows_of_notes([box.delivery_note or ""])).values())
	parts = [part for row in box.contents for part in open_case.parts_of_box(row, shipped)]
	if not parts:
		refuse(RuleViolation("boxes_never_left", boxes=(name,)))
	for note in sorted({it.note for it in shipped}):
		frappe.get_doc("Delivery Note", note).check_permission("read")
	case = frappe.new_doc("Return Case")
	alongside(case).from_box = name
	for part in parts:
		case.append("rows", {**part, "remedy": REPLACE})
	return case.insert().name
