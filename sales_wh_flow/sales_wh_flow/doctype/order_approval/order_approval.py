import frappe
from frappe import _
from frappe.model.document import Document


class OrderApproval(Document):
	"""One rule's demand on one order. Written by the flow alone: see flow/approve.py and flow/decide.py."""

	def on_trash(self):
		frappe.throw(
			_(
				"{0} says who decided about Sales Order {1} and can't be deleted. "
				"It goes when the order is deleted."
			).format(frappe.bold(self.name), frappe.bold(self.sales_order)),
			title=_("Part of the Record"),
		)
