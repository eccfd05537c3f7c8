from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class PackingCompany(PartOfParent, Document):
	"""How one company packs: a row of Sales Flow Settings."""
