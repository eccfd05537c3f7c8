"""How announced goods come back: the courier's label where it makes one, else the company's own slip."""

import frappe
from frappe.utils.file_manager import save_file

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.couriers import accounts
from sales_wh_flow.couriers.port import CourierIsSilent, CourierSaysNo
from sales_wh_flow.couriers.rules.labels import Label
from sales_wh_flow.packing.labels import qr_svg, svg_address
from sales_wh_flow.returns import fill_case, open_case, post, way_back_ask
from sales_wh_flow.returns.answers import ReturnLabel
from sales_wh_flow.returns.rules.facts import CANCELLED, POSTED

PRINT = "Return Slip"


def make_label(name: str, courier: str) -> ReturnLabel:
	"""Ask the courier for a label; it is kept with the case. One without number and label where the courier
	makes none, then the Return Slip is printed.
	"""
	open_case.check_is_on()
	case = post.held_case(name)
	if case.state in (POSTED, CANCELLED):
		refuse(RuleViolation("case_is_ended", case=name, state=case.state))
	label = _made(case, courier)
	case.return_courier = courier
	if label:
		case.return_tracking_no = label.tracking_no
		if label.content:
			case.return_label = _kept_label(case, label.content, (label.kind or "pdf").lower())
	fill_case.save_as_flow(case)
	return {"tracking_no": case.return_tracking_no, "label": case.return_label, "print": PRINT}


def _made(case, courier: str) -> Label | None:
	"""Raises: ValidationError in the courier's words."""
	try:
		return accounts.port_of(courier).label(way_back_ask.ask_of_case(case, courier))
	except CourierSaysNo as error:
		refuse(RuleViolation("courier_says_no", courier=courier, box=case.name, why=str(error)))
	except CourierIsSilent as error:
		refuse(RuleViolation("courier_is_silent", courier=courier, box=case.name, why=str(error)))


def _kept_label(case, content: bytes, kind: str) -> str | None:
	"""Where the label lies; None when Frappe can't keep its file: the courier made it, its number stands."""
	try:
		kept = save_file(f"return-{case.name}.{kind}", content, case.doctype, case.name, is_private=1)
	except Exception:  # a PDF that can't be read ends in whatever its reader raises
		frappe.log_error(f"Return label of {case.name} could not be kept")
		return None
	return kept.file_url


def return_print(doc) -> dict:
	"""What the Return Slip prints.

	Shape: {"code_image", "sender", "to": lines, "lines": [{"text", "qty"}], "courier", "tracking_no"}.
	"""
	place = next((row.warehouse or row.from_warehouse for row in doc.rows), None)
	warehouse = frappe.get_cached_doc("Warehouse", place) if place else None
	fields = ("address_line_1", "address_line_2", "pin", "city", "state")
	address = [warehouse.get(field) for field in fields] if warehouse else []
	return {
		"code_image": svg_address(qr_svg(doc.name)),
		"sender": doc.customer_name or doc.customer,
		"to": [line for line in (doc.company, warehouse and warehouse.warehouse_name, *address) if line],
		"lines": [
			{
				"text": row.item_name or row.item_code,
				"qty": f"{row.get_formatted('expected_qty')} {row.uom or ''}".strip(),
			}
			for row in doc.rows
			if not row.return_note
		],
		"courier": doc.return_courier or "",
		"tracking_no": doc.return_tracking_no or "",
	}
