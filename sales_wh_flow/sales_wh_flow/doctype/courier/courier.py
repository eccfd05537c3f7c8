from frappe.model.document import Document

from sales_wh_flow.couriers import check_courier_form


class Courier(Document):
	def validate(self):
		check_courier_form.check_courier_form(self)
