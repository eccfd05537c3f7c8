from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.billing import promise_to_pay


class PaymentPromise(EmptyMeansAny, Document):
	def validate(self):
		promise_to_pay.check_promise(self)

	def on_update(self):
		promise_to_pay.follow_promise(self)

	def after_delete(self):
		promise_to_pay.follow_promise(self)
