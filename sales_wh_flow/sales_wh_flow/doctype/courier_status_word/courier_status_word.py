from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class CourierStatusWord(PartOfParent, Document):
	pass
