from frappe.model.document import Document

from sales_wh_flow.billing import promise


class PaymentPromise(Document):
	def validate(self):
		promise.check_promise(self)

	def on_update(self):
		promise.follow_promise(self)

	def after_delete(self):
		promise.follow_promise(self)
