"""ERPNext's Quality Inspection of goods that came back, where their item asks for one."""

import frappe
from frappe.utils import flt, nowdate

from sales_wh_flow.base.native_checks import waive
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns import fill_case, open_case, post
from sales_wh_flow.returns.rules.facts import CANCELLED, POSTED
from sales_wh_flow.returns.store import cases, inspections

_NATIVE = "validate_inspection"


def inspect_row(case_name: str, row_name: str) -> str:
	"""The draft inspection of a row of a case, for whoever may make inspections; asked twice it is one.

	It names the Delivery Note the goods left with, and no row of it: the inspection before they left stays.
	Raises: ValidationError for goods that are not here, or whose item asks for none.
	"""
	open_case.check_is_on()
	case = post.held_case(case_name)
	row = next((it for it in case.rows if it.name == row_name), None)
	if row is None or row.return_note or case.state in (POSTED, CANCELLED):
		refuse(RuleViolation("case_is_ended", case=case_name, state=case.state))
	asks = frappe.get_cached_value("Item", row.item_code, "inspection_required_before_delivery")
	if not (asks and is_positive(flt(row.received_qty))):
		refuse(RuleViolation("nothing_to_inspect", idx=row.idx, item=row.item_code))
	if inspections.is_alive(row.quality_inspection):
		return row.quality_inspection
	doc = frappe.new_doc("Quality Inspection")
	doc.update(
		{
			"inspection_type": "Incoming",
			"reference_type": "Delivery Note",
			"reference_name": row.delivery_note,
			"child_row_reference": row.name,
			"item_code": row.item_code,
			"batch_no": row.batch_no,
			"sample_size": row.received_qty,
			"inspected_by": frappe.session.user,
			"report_date": nowdate(),
			"status": "Accepted",
		}
	)
	doc.insert()
	row.quality_inspection = doc.name
	fill_case.save_as_flow(case)
	return doc.name


def answer_for_return(note) -> None:
	"""Before ERPNext asks a return of a case for inspections: the case has judged them by its decision.

	ERPNext would refuse to take rejected goods even into quarantine or scrap.
	"""
	if note.is_return and is_on(RETURNS) and cases.of_document(note.doctype, note.name):
		waive(note, __name__, _NATIVE)
