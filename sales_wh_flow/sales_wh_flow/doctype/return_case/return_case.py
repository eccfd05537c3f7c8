from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.returns import fill_case


class ReturnCase(EmptyMeansAny, Document):
	"""Goods that came back, or are to: what of them, in which condition, what becomes of them."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.return_case_document.return_case_document import (
			ReturnCaseDocument,
		)
		from sales_wh_flow.sales_wh_flow.doctype.return_case_row.return_case_row import ReturnCaseRow
		from sales_wh_flow.sales_wh_flow.doctype.return_waiver_answer.return_waiver_answer import (
			ReturnWaiverAnswer,
		)

		announced_from: DF.Data | None
		announced_on: DF.Date | None
		box: DF.Data | None
		cancel_reason: DF.SmallText | None
		company: DF.Link
		customer: DF.Link
		customer_name: DF.Data | None
		customer_says: DF.SmallText | None
		days_late: DF.Int
		deleted_order: DF.Data | None
		documents: DF.Table[ReturnCaseDocument]
		is_outside_window: DF.Check
		late_since: DF.Datetime | None
		late_value: DF.Currency
		other_goods: DF.SmallText | None
		reason: DF.Link | None
		return_courier: DF.Link | None
		return_label: DF.Attach | None
		return_tracking_no: DF.Data | None
		rows: DF.Table[ReturnCaseRow]
		sales_order: DF.Link | None
		scanned_boxes: DF.SmallText | None
		state: DF.Literal["Open", "Partly Posted", "Posted", "Cancelled"]
		waived_by: DF.Link | None
		waived_on: DF.Datetime | None
		waiver_answer: DF.Literal["", "Waived", "Refused"]
		waiver_answers: DF.Table[ReturnWaiverAnswer]
		waiver_due_on: DF.Datetime | None
		waiver_reason: DF.SmallText | None
	# end: auto-generated types

	def validate(self):
		fill_case.fill(self)

	def on_update(self):
		fill_case.tell_of_late(self)

	def on_trash(self):
		fill_case.check_may_be_deleted(self)
