from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse


class ReturnPolicy(EmptyMeansAny, Document):
	"""How long goods may come back, and who lets them in later."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.return_waiver.return_waiver import ReturnWaiver

		by_another: DF.Check
		company: DF.Link | None
		customer_group: DF.Link | None
		enabled: DF.Check
		item_group: DF.Link | None
		policy_name: DF.Data
		reason: DF.Link | None
		remind_hours: DF.Float
		waivers: DF.Table[ReturnWaiver]
		window_days: DF.Int
	# end: auto-generated types

	def validate(self):
		if not self.company:
			refuse(
				RuleViolation("waiver_value_without_company", idx=row.idx)
				for row in self.waivers
				if row.most_value
			)
