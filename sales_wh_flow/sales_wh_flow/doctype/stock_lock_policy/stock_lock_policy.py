import frappe
from frappe import _
from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny

_ENDS = ("expire_after", "unpaid_after", "unpicked_after", "on_hold_after")


class StockLockPolicy(EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		afterwards: DF.Literal["Wait Again", "Give Up"]
		company: DF.Link | None
		customer_group: DF.Link | None
		enabled: DF.Check
		expire_after: DF.Duration | None
		extend_by: DF.Duration | None
		on_hold_after: DF.Duration | None
		priority: DF.Int
		rest_for: DF.Duration | None
		title: DF.Data
		unpaid_after: DF.Duration | None
		unpicked_after: DF.Duration | None
		value_from: DF.Float
		value_to: DF.Float
		warn_before: DF.Duration | None
		warn_by: DF.Literal["Notification", "To Do", "E-Mail"]

	# end: auto-generated types
	def validate(self):
		self.check_a_lock_can_end()
		self.check_values()
		self.check_the_warning_comes_after_the_lock()

	def check_a_lock_can_end(self):
		if not any(self.get(field) for field in _ENDS):
			frappe.throw(
				_("Say when a lock ends: fill in at least one of {0}.").format(
					", ".join(frappe.bold(_(self.meta.get_label(field))) for field in _ENDS)
				),
				title=_("No Lock Would End"),
			)

	def check_values(self):
		if self.value_to and self.value_from and self.value_to < self.value_from:
			frappe.throw(
				_("Order Value to ({0}) is below Order Value from ({1}): no order would match.").format(
					frappe.bold(self.value_to), frappe.bold(self.value_from)
				),
				title=_("Order Value"),
			)

	def check_the_warning_comes_after_the_lock(self):
		shortest = min(self.get(field) for field in _ENDS if self.get(field))
		if self.warn_before and self.warn_before >= shortest:
			frappe.throw(
				_(
					"The warning would come before the stock is locked. Warn later than {0} before the end."
				).format(frappe.bold(frappe.utils.format_duration(shortest))),
				title=_("Warning"),
			)
