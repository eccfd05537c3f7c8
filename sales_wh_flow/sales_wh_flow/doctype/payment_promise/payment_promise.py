from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.billing import promise


class PaymentPromise(EmptyMeansAny, Document):
	def validate(self):
		promise.check_promise(self)

	def on_update(self):
		promise.follow_promise(self)

	def after_delete(self):
		promise.follow_promise(self)
