import frappe
from frappe import _
from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.stock_lock.store import serving_policies


class ServingPolicy(EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.serving_class.serving_class import ServingClass

		ageing_days: DF.Int
		classes: DF.Table[ServingClass]
		company: DF.Link | None
		enabled: DF.Check
		must_takes_from: DF.Literal["Nobody", "Give Up", "Give Up and Share"]
		order_by: DF.Literal["Promised Date", "Order Age"]
		title: DF.Data

	# end: auto-generated types
	def validate(self):
		self.check_it_is_the_only_one()
		self.check_each_group_is_named_once()

	def on_update(self):
		serving_policies.forget()

	def after_rename(self, old, new, merge=False):
		serving_policies.forget()

	def on_trash(self):
		serving_policies.forget()

	def check_it_is_the_only_one(self):
		"""Two policies for one company would contradict each other."""
		if not self.enabled:
			return
		company = self.company or ("is", "not set")
		others = {"enabled": 1, "name": ("!=", self.name), "company": company}
		other = frappe.db.get_value("Serving Policy", others, order_by="name")
		if other:
			frappe.throw(
				_("{0} is enabled for {1} already. Disable it first, or change the company.").format(
					frappe.bold(other), frappe.bold(self.company or _("every company"))
				),
				title=_("Another Serving Policy"),
			)

	def check_each_group_is_named_once(self):
		seen = set()
		for row in self.classes:
			if row.customer_group in seen:
				frappe.throw(
					_("Row #{0}: {1} is named twice. Delete one of the rows.").format(
						row.idx, frappe.bold(row.customer_group or _("Everybody else"))
					),
					title=_("Customer Group"),
				)
			seen.add(row.customer_group)
