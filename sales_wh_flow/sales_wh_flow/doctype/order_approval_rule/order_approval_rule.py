import frappe
from frappe import _
from frappe.model.document import Document
from frappe.permissions import AUTOMATIC_ROLES
from frappe.utils import flt

from sales_wh_flow.approval_messages import rule_in_words
from sales_wh_flow.rules.approval import DISCOUNT
from sales_wh_flow.store.approvals import users_with_role


class OrderApprovalRule(Document):
	def validate(self):
		problems = [*self.problems_of_threshold(), *self.problems_of_role()]
		if problems:
			frappe.throw("<br>".join(problems), title=_("Rule Can't Work"))
		self.explanation = rule_in_words(self)

	def on_update(self):
		self.warn_if_nobody_can_approve()

	def problems_of_threshold(self):
		if flt(self.threshold) < 0:
			yield _("{0} can't be negative, it is {1}. Enter 0 to ask about every order.").format(
				frappe.bold(_("Above (%)")), flt(self.threshold)
			)
		if self.criterion == DISCOUNT and flt(self.threshold) > 100:
			yield _(
				"{0} of a discount can't be more than 100, it is {1}: nothing is sold for less than nothing."
			).format(frappe.bold(_("Above (%)")), flt(self.threshold))

	def problems_of_role(self):
		if self.approver_role in AUTOMATIC_ROLES:
			yield _("Everybody has the role {0}. Choose a role that is given to people by name.").format(
				frappe.bold(self.approver_role)
			)
		elif frappe.get_cached_value("Role", self.approver_role, "disabled"):
			yield _("Role {0} is disabled. Enable it or choose another one.").format(
				frappe.bold(self.approver_role)
			)

	def warn_if_nobody_can_approve(self):
		if self.enabled and not users_with_role(self.approver_role):
			frappe.msgprint(
				_(
					"Nobody has the role {0}: orders that hit this rule wait forever. "
					"Give the role to a user."
				).format(frappe.bold(self.approver_role)),
				title=_("Nobody Can Approve"),
				indicator="orange",
			)
