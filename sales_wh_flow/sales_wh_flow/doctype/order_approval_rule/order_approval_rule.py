import frappe
from frappe import _
from frappe.model.document import Document
from frappe.permissions import AUTOMATIC_ROLES
from frappe.utils import flt

from sales_wh_flow import permissions
from sales_wh_flow.approval_messages import rule_in_words
from sales_wh_flow.decision_messages import fallback_of, who_in_turn
from sales_wh_flow.messages import text_of
from sales_wh_flow.rules import approver_plan
from sales_wh_flow.rules.approval import DISCOUNT
from sales_wh_flow.store import approvers
from sales_wh_flow.store.approvals import users_with_role


class OrderApprovalRule(Document):
	def validate(self):
		problems = [
			*self.problems_of_threshold(),
			*self.problems_of_approvers(),
			*self.problems_of_escalation_roles(),
		]
		if problems:
			frappe.throw("<br>".join(problems), title=_("Rule Can't Work"))
		self.set_currencies()
		self.explanation = rule_in_words(self)
		self.nobody_left = fallback_of(self.plan, self.currency, permissions.fallback_role())

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

	def problems_of_approvers(self):
		for violation in approver_plan.problems(self.plan):
			yield text_of(violation)
		for row in self.approvers:
			yield from self.problems_of_row(row)

	def problems_of_row(self, row):
		where = _("Row #{0}").format(row.idx)
		if not (row.role, row.user, row.relation)[("Role", "User", "Relation").index(row.kind)]:
			yield _("{0}: say which {1} is asked.").format(where, _(row.kind))
		elif row.kind == approver_plan.ROLE:
			yield from (f"{where}: {problem}" for problem in problems_of_role(row.role))
		elif row.kind == approver_plan.USER and not frappe.db.get_value("User", row.user, "enabled"):
			yield _("{0}: user {1} is disabled. Enable the user or name another one.").format(
				where, frappe.bold(row.user)
			)
		if flt(row.up_to_amount) and not self.company and len(company_currencies()) > 1:
			yield _(
				"{0}: an authority limit is an amount in the company's currency, and the companies have "
				"different ones ({1}). Choose a company for this rule, and make one rule for each."
			).format(where, ", ".join(company_currencies()))

	def problems_of_escalation_roles(self):
		for row in self.levels:
			if row.when_due == approver_plan.ASK_ROLE and row.escalation_role:
				where = _("Levels, row #{0}").format(row.idx)
				yield from (f"{where}: {problem}" for problem in problems_of_role(row.escalation_role))

	@property
	def plan(self):
		return approvers.plan_of_rows(self.approvers, self.levels)

	@property
	def currency(self):
		if self.company:
			return frappe.get_cached_value("Company", self.company, "default_currency")
		currencies = company_currencies()
		return currencies[0] if len(currencies) == 1 else ""

	def set_currencies(self):
		for row in self.approvers:
			row.currency = self.currency

	def warn_if_nobody_can_approve(self):
		if not self.enabled or self.has_a_possible_approver():
			return
		frappe.msgprint(
			_("Nobody can approve by this rule: {0}. Orders that hit it go to the role {1}.").format(
				frappe.bold(who_in_turn(self.plan, self.currency)), frappe.bold(permissions.fallback_role())
			),
			title=_("Nobody Can Approve"),
			indicator="orange",
		)

	def has_a_possible_approver(self):
		"""Of a relation it shows only with each order."""
		last = self.plan.on(self.plan.numbers[-1])
		return any(row.user or row.relation or users_with_role(row.role) for row in last)


def problems_of_role(role):
	if role in AUTOMATIC_ROLES:
		yield _("Everybody has the role {0}. Choose a role that is given to people by name.").format(
			frappe.bold(role)
		)
	elif frappe.get_cached_value("Role", role, "disabled"):
		yield _("Role {0} is disabled. Enable it or choose another one.").format(frappe.bold(role))


def company_currencies():
	return sorted(set(frappe.get_all("Company", pluck="default_currency")))
