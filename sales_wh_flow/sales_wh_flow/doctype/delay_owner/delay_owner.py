from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny


class DelayOwner(EmptyMeansAny, Document):
	pass
