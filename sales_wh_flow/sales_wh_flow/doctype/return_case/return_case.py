from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.returns import fill_case


class ReturnCase(EmptyMeansAny, Document):
	"""Goods that came back, or are to: what of them, in which condition, what becomes of them."""

	def validate(self):
		fill_case.fill(self)

	def on_trash(self):
		fill_case.check_may_be_deleted(self)
