"""What the desk and other programs may call about goods that come back."""

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.returns import (
	credit_later,
	end_case,
	inspect,
	late,
	open_case,
	parcel_again,
	post,
	reopen,
	reopen_plan,
	scan,
	take_in,
	waive,
	way_back,
)
from sales_wh_flow.returns import reasons as lists
from sales_wh_flow.returns.answers import (
	LateReturn,
	NextOfCase,
	PostedCase,
	ReopeningPlan,
	Returnable,
	ReturnLabel,
	ScannedReturn,
)
from sales_wh_flow.returns.store import shipped


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(delivery_notes=border.names, customer=border.name, company=border.name)
def returnable(
	sales_order: str | None = None,
	delivery_notes: list | str | None = None,
	customer: str | None = None,
	company: str | None = None,
) -> Returnable:
	"""What of an order's goods, of these Delivery Notes' or of a customer's last ones is still with the
	customer, and what of that is announced. Unit: that of the note's row.
	"""
	open_case.check_is_on()
	notes = list(delivery_notes or ())
	if sales_order:
		frappe.get_doc("Sales Order", sales_order).check_permission("read")
		notes += shipped.notes_of_order(sales_order)
	for note in dict.fromkeys(notes):
		frappe.get_doc("Delivery Note", note).check_permission("read")
	if customer and company:
		notes += open_case.last_notes_of(customer, company)
	rows = [it for it in open_case.returnable(notes) if not sales_order or it.order == sales_order]
	return {
		"rows": open_case.shown_returnable(rows),
		"reasons": lists.enabled_reasons("Return Reason"),
		"invoices": shipped.invoices_that_delivered(sales_order) if sales_order else [],
	}


@frappe.whitelist(methods=["POST"])
@border.checked(
	asked=border.records(row=border.name, qty=border.number, serial_nos=border.perhaps(border.text)),
	return_reason=border.name,
	customer_says=border.text,
)
def open_return(asked: list | str, return_reason: str | None = None, customer_says: str | None = None) -> str:
	"""A Return Case for rows of submitted Delivery Notes of one customer; its name.

	``asked``: [{"row", "qty", "serial_nos", "received": whether they are here}].
	"""
	frappe.has_permission("Return Case", "create", throw=True)
	return retry.from_a_fresh_transaction(lambda: open_case.open_for(asked, return_reason, customer_says))


@frappe.whitelist(methods=["POST"])
@border.checked(serial_nos=border.names, return_reason=border.name)
def open_return_of_serials(serial_nos: list | str, return_reason: str | None = None) -> str:
	"""A Return Case for serial numbers that are here; its name."""
	frappe.has_permission("Return Case", "create", throw=True)
	serials = [it.strip() for it in serial_nos if it.strip()]
	return retry.from_a_fresh_transaction(lambda: take_in.take_in_goods((), serials, return_reason))


@frappe.whitelist(methods=["POST"])
@border.checked(scanned=border.text, return_reason=border.name)
def open_return_by_scan(scanned: str, return_reason: str | None = None) -> str:
	"""The Return Case of the boxes or serial numbers that were scanned, which are here: the open one that is
	about them, else a new one; its name.
	"""
	frappe.has_permission("Return Case", "create", throw=True)
	return retry.from_a_fresh_transaction(lambda: scan.open_for_scan(scanned, return_reason))


@frappe.whitelist(methods=["POST"])
@border.checked(box=border.name)
def send_parcel_again(box: str) -> str:
	"""The Return Case by which the goods of a box that was lost or damaged are sent again; its name."""
	frappe.has_permission("Return Case", "create", throw=True)
	return retry.from_a_fresh_transaction(lambda: parcel_again.case_of_parcel(box))


@frappe.whitelist(methods=["GET"])
@border.checked(scanned=border.text)
def look_at_return_scan(scanned: str) -> ScannedReturn:
	"""Where a scan leads: to a case, to Delivery Notes, or to neither, which is to be opened."""
	frappe.has_permission("Return Case", "create", throw=True)
	return scan.look_at_text(scanned)


@frappe.whitelist(methods=["POST"])
@border.checked(
	return_case=border.name,
	asked=border.records(row=border.name, qty=border.number, serial_nos=border.perhaps(border.text)),
)
def add_to_return(return_case: str, asked: list | str) -> None:
	"""More or other goods came than were announced; ``asked`` as ``open_return``."""
	frappe.get_doc("Return Case", return_case).check_permission("write")
	retry.from_a_fresh_transaction(lambda: open_case.add_goods(return_case, asked))


@frappe.whitelist(methods=["POST"])
@border.checked(return_case=border.name, row=border.name)
def inspect_returned(return_case: str, row: str) -> str:
	"""The Quality Inspection of a row of a case, made once; its name."""
	frappe.get_doc("Return Case", return_case).check_permission("write")
	frappe.has_permission("Quality Inspection", "create", throw=True)
	return retry.from_a_fresh_transaction(lambda: inspect.inspect_row(return_case, row))


@frappe.whitelist(methods=["POST"])
@border.checked(return_case=border.name, courier=border.name)
def make_return_label(return_case: str, courier: str) -> ReturnLabel:
	"""The label of the way back, by the courier where it makes one."""
	frappe.get_doc("Return Case", return_case).check_permission("write")
	frappe.get_doc("Courier", courier).check_permission("read")
	return retry.from_a_fresh_transaction(lambda: way_back.make_label(return_case, courier))


@frappe.whitelist(methods=["POST"])
@border.checked(return_case=border.name)
def post_return(return_case: str) -> PostedCase:
	"""Make the return notes, and the credit notes where the user may, of a Return Case."""
	frappe.get_doc("Return Case", return_case).check_permission("write")
	frappe.has_permission("Delivery Note", "create", throw=True)
	return retry.from_a_fresh_transaction(lambda: post.post(return_case))


@frappe.whitelist(methods=["POST"])
@border.checked(return_case=border.name)
def credit_return(return_case: str) -> PostedCase:
	"""Make the credit notes that are due of a Return Case whose goods are back."""
	frappe.get_doc("Return Case", return_case).check_permission("read")
	frappe.has_permission("Sales Invoice", "create", throw=True)
	return retry.from_a_fresh_transaction(lambda: credit_later.credit_case(return_case))


@frappe.whitelist(methods=["POST"])
@border.checked(return_case=border.name)
def waive_window(return_case: str, reason: str | None = None) -> None:
	"""Let a return in that was announced after its window."""
	_check_may_answer(return_case)
	retry.from_a_fresh_transaction(lambda: waive.answer_late(return_case, late.WAIVED, reason))


@frappe.whitelist(methods=["POST"])
@border.checked(return_case=border.name)
def refuse_waiver(return_case: str, reason: str | None = None) -> None:
	"""Say that a return which was announced after its window does not come in."""
	_check_may_answer(return_case)
	retry.from_a_fresh_transaction(lambda: waive.answer_late(return_case, late.REFUSED, reason))


@frappe.whitelist(methods=["GET"])
@border.checked()
def late_returns() -> list[LateReturn]:
	"""The late cases that wait for the user's word, the one that is due first before the others."""
	frappe.has_permission("Return Case", "read", throw=True)
	return waive.waiting_for_user()


@frappe.whitelist(methods=["POST"])
@border.checked(return_case=border.name)
def cancel_return(return_case: str, reason: str | None = None) -> None:
	"""End a Return Case of which nothing is posted."""
	frappe.get_doc("Return Case", return_case).check_permission("write")
	retry.from_a_fresh_transaction(lambda: end_case.cancel_case(return_case, reason))


@frappe.whitelist(methods=["POST"])
@border.checked(return_case=border.name)
def expect_no_more(return_case: str) -> None:
	"""Wait no more for what was announced and did not come with the rest of a Return Case."""
	frappe.get_doc("Return Case", return_case).check_permission("write")
	retry.from_a_fresh_transaction(lambda: end_case.expect_no_more(return_case))


@frappe.whitelist(methods=["GET"])
@border.checked(return_case=border.name)
def what_next(return_case: str) -> NextOfCase:
	"""What the form offers the user: only what will work."""
	case = frappe.get_doc("Return Case", return_case)
	case.check_permission("read")
	return credit_later.what_next(case)


@frappe.whitelist(methods=["GET"])
@border.checked()
def plan_reopening(sales_order: str) -> ReopeningPlan:
	"""What would be undone to open an order again, in order."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return reopen_plan.read_plan(order)


@frappe.whitelist(methods=["POST"])
@border.checked(back_to=border.name, payments=border.records(payment=border.name, choice=border.name))
def reopen_order(
	sales_order: str, back_to: str, reason: str | None = None, payments: list | str | None = None
) -> str:
	"""Open an order again, or go on with what stopped; the name of the Order Reopening.

	``payments``: [{"payment", "choice": Unlink or Keep as Advance}] of what its invoices are paid by.
	"""
	frappe.get_doc("Sales Order", sales_order).check_permission("cancel")
	choices = {it["payment"]: it["choice"] for it in payments or ()}
	return retry.from_a_fresh_transaction(lambda: reopen.start(sales_order, back_to, reason, choices))


@frappe.whitelist(methods=["POST"])
@border.checked()
def give_up_reopening(sales_order: str) -> str:
	"""Leave an order whose Re-open has stopped as it is; the name of the Order Reopening."""
	frappe.get_doc("Sales Order", sales_order).check_permission("cancel")
	return retry.from_a_fresh_transaction(lambda: reopen.give_up(sales_order))


def _check_may_answer(return_case: str) -> None:
	case = frappe.get_doc("Return Case", return_case)
	case.check_permission("read")
	waive.check_may_answer(case)
