from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.billing import promise_to_pay


class PaymentPromise(EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		customer: DF.Link | None
		note: DF.SmallText | None
		promised_by: DF.Data
		promised_on: DF.Date
		sales_invoice: DF.Link | None
		sales_order: DF.Link
		state: DF.Literal["Open", "Kept", "Broken", "Withdrawn"]
		withdrawn: DF.Check

	# end: auto-generated types
	def validate(self):
		promise_to_pay.check_promise(self)

	def on_update(self):
		promise_to_pay.follow_promise(self)

	def after_delete(self):
		promise_to_pay.follow_promise(self)
