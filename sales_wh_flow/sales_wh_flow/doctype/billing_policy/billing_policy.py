import frappe
from frappe import _
from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.billing import follow_policies
from sales_wh_flow.billing.rules.policies import CUSTOMER_AND_PERIOD, DELIVERY_NOTE, ON_ORDER


class BillingPolicy(EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		company: DF.Link | None
		customer_group: DF.Link | None
		draft_by_itself: DF.Check
		enabled: DF.Check
		invoice_per: DF.Literal["Order", "Delivery Note", "Customer and Period"]
		moment: DF.Literal["On Order", "On Dispatch", "On Proof"]
		period: DF.Literal["Day", "Week", "Month"]
		title: DF.Data

	# end: auto-generated types
	def validate(self):
		self.check_it_is_the_only_one()
		self.check_notes_are_awaited()
		if self.invoice_per != CUSTOMER_AND_PERIOD:
			self.period = "Month"

	def on_update(self):
		follow_policies.policies_changed()

	def after_rename(self, old, new, merge=False):
		follow_policies.policies_changed()

	def on_trash(self):
		follow_policies.policies_changed()

	def check_it_is_the_only_one(self):
		"""Two policies for the same customers would contradict each other."""
		if not self.enabled:
			return
		same = {field: self.get(field) or ("is", "not set") for field in ("company", "customer_group")}
		other = frappe.db.get_value(
			"Billing Policy", {"enabled": 1, "name": ("!=", self.name), **same}, order_by="name"
		)
		if other:
			frappe.throw(
				_("{0} is enabled for {1} and {2} already. Disable it first, or narrow this one.").format(
					frappe.bold(other),
					frappe.bold(self.company or _("every company")),
					frappe.bold(self.customer_group or _("every customer group")),
				),
				title=_("Another Billing Policy"),
			)

	def check_notes_are_awaited(self):
		if self.moment == ON_ORDER and self.invoice_per == DELIVERY_NOTE:
			frappe.throw(
				_(
					"An invoice per Delivery Note can't be made before there is one. Choose {0} or {1} under "
					"{2}, or one invoice per Order."
				).format(*(frappe.bold(_(it)) for it in ("On Dispatch", "On Proof", "May Be Invoiced"))),
				title=_("Nothing to Invoice By"),
			)
