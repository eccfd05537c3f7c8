from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.part_of_parent import PartOfParent


class MessageRuleTemplate(PartOfParent, EmptyMeansAny, Document):
	"""The words of a Message Rule in one language."""
