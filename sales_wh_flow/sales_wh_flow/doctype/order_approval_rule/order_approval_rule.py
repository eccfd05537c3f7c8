import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document
from frappe.permissions import AUTOMATIC_ROLES
from frappe.utils import cint, cstr, escape_html, flt, format_date, getdate

from sales_wh_flow.approval import follow_rule, own_condition, permissions
from sales_wh_flow.approval.rules import criteria, levels
from sales_wh_flow.approval.rules import measure as measures
from sales_wh_flow.approval.rules.measure_returns import RETURN_OUTSIDE_POLICY
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.approval.store import rules as approval_rules
from sales_wh_flow.approval.store.requests import users_with_role
from sales_wh_flow.approval.words.deciding import fallback_of, who_in_turn
from sales_wh_flow.approval.words.rules import rule_in_words
from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.in_words import percent
from sales_wh_flow.base.refusals import text_of

_AT_MOST_ALL = (criteria.DISCOUNT, criteria.BELOW_LIST, criteria.SHORTAGE)
"""Criteria of which at most 100 percent can be measured."""

_MOST_TOLERANCE = 1000

_SAYS_NOTHING = ("title", "enabled")
"""Fields that change nothing about what is asked."""


class OrderApprovalRule(EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.order_approval_amount.order_approval_amount import (
			OrderApprovalAmount,
		)
		from sales_wh_flow.sales_wh_flow.doctype.order_approval_rule_approver.order_approval_rule_approver import (
			OrderApprovalRuleApprover,
		)
		from sales_wh_flow.sales_wh_flow.doctype.order_approval_rule_level.order_approval_rule_level import (
			OrderApprovalRuleLevel,
		)

		allow_own_order: DF.Check
		amounts: DF.Table[OrderApprovalAmount]
		approvers: DF.Table[OrderApprovalRuleApprover]
		brand: DF.Link | None
		company: DF.Link | None
		comparison: DF.Literal["", "more than", "at least", "less than", "at most"]
		condition: DF.Code | None
		cost_basis: DF.Literal["Valuation Rate", "Last Purchase Rate"]
		count_pending: DF.Check
		criterion: DF.Literal[
			"Credit Exposure",
			"Overdue Invoices",
			"Discount",
			"Price Below Price List",
			"Margin",
			"Order Value",
			"Special Terms",
			"Stock Shortage",
			"New or Dormant Customer",
			"Delivery Date",
			"Typed Against Master",
			"Return Outside Policy",
			"Own Condition",
		]
		customer: DF.Link | None
		customer_group: DF.Link | None
		enabled: DF.Check
		explanation: DF.SmallText | None
		from_template: DF.Data | None
		is_shadow: DF.Check
		item_group: DF.Link | None
		leave_out_agreed_prices: DF.Check
		leave_out_below_blanket_order: DF.Check
		leave_out_cash_discounts: DF.Check
		leave_out_coupons: DF.Check
		leave_out_free_goods: DF.Check
		leave_out_negative_charges: DF.Check
		leave_out_negative_lines: DF.Check
		leave_out_pricing_rules: DF.Check
		levels: DF.Table[OrderApprovalRuleLevel]
		measure: DF.Literal[
			"",
			"Percent of Limit",
			"Amount Above Limit",
			"Exposure",
			"Overdue Amount",
			"Oldest in Days",
			"Number of Invoices",
			"Line or Whole Order",
			"Line",
			"Whole Order",
			"Amount Given Away",
			"Percent Below",
			"Amount Below",
			"Margin of a Line",
			"Margin of the Order",
			"Margin Amount",
			"Grand Total",
			"Net Total of Lines",
			"Any Special Terms",
			"Payment Terms",
			"Free-Text Terms",
			"Special Instructions",
			"Missing Quantity",
			"Missing Value Share",
			"Earlier Orders",
			"Days Since Last Order",
			"Days to Delivery",
			"Number of Differences",
			"Days Late",
			"Value of Late Goods",
			"Condition",
		]
		nobody_left: DF.SmallText | None
		order_type: DF.Literal["", "Sales", "Maintenance", "Shopping Cart"]
		sales_partner: DF.Link | None
		territory: DF.Link | None
		threshold: DF.Float
		threshold_currency: DF.Link | None
		title: DF.Data
		tolerance: DF.Float
		valid_from: DF.Date | None
		valid_to: DF.Date | None
		version: DF.Int
		warehouse: DF.Link | None

	# end: auto-generated types
	def onload(self):
		"""For the reader: what is stored is in the language of whoever saved the rule last."""
		self.say_what_it_does()

	def before_validate(self):
		permissions.check_by_role(self)

	def validate(self):
		self.leave_out_what_does_not_fit()
		problems = [
			*self.problems_of_measure(),
			*self.problems_of_threshold(),
			*self.problems_of_currencies(),
			*self.problems_of_dates(),
			*self.problems_of_condition(),
			*self.problems_of_approvers(),
			*self.problems_of_escalation_roles(),
		]
		if problems:
			frappe.throw("<br>".join(problems), title=_("Rule Can't Work"))
		self.set_currencies()
		self.say_what_it_does()
		self.count_version()

	def say_what_it_does(self):
		self.explanation = rule_in_words(self.facts, self.plan, self.currency)
		self.nobody_left = fallback_of(self.plan, self.currency, permissions.fallback_role())

	def on_update(self):
		before = self.get_doc_before_save()
		if before and (before.version != self.version or before.enabled != self.enabled):
			follow_rule.follow_rule_soon(self.name)
		self.warn_if_nobody_can_approve()
		self.warn_if_it_is_over()
		self.warn_of_a_gap_below_erpnexts_limit()

	def warn_if_it_is_over(self):
		if self.enabled and self.valid_to and getdate(self.valid_to) < getdate():
			frappe.msgprint(
				_("This rule ended on {0} and asks nobody.").format(format_date(self.valid_to)),
				indicator="orange",
			)

	def warn_of_a_gap_below_erpnexts_limit(self):
		"""ERPNext's own check refuses above the limit whatever is not approved."""
		if self.enabled and self.measure == "Percent of Limit" and flt(self.threshold) > 100:
			frappe.msgprint(
				_(
					"Between 100 % and {0} of the credit limit nobody is asked, but ERPNext itself refuses. "
					"Ask from 100 % on, or tick Bypass Credit Limit Check at Sales Order in the customer's "
					"credit limits: ERPNext then refuses nothing at the order, and this rule still asks."
				).format(percent(self.threshold)),
				title=_("ERPNext Refuses First"),
				indicator="orange",
			)

	@property
	def facts(self):
		"""The rule as the rules see it."""
		return approval_rules.rule_facts(self, [(row.currency, flt(row.amount)) for row in self.amounts])

	@property
	def measured(self):
		"""The measure of the rule; None while criterion or measure is none that exists."""
		measures = criteria.MEASURES.get(str(self.criterion), ())
		return next((it for it in measures if not self.measure or it.name == self.measure), None)

	def leave_out_what_does_not_fit(self):
		"""What the measure does not use is emptied, the usual is filled in: what is seen counts."""
		measure = self.measured
		if not measure:
			return
		self.measure = measure.name
		self.comparison = self.comparison or measure.comparisons[0]
		if measure.unit_of_threshold != measures.AMOUNT:
			self.threshold_currency, self.amounts = "", []
		elif not self.threshold_currency:
			self.threshold_currency = self.currency or company_currencies()[0]
		if self.criterion != criteria.OWN_CONDITION:
			self.condition = ""
		if measure.unit == measures.YES_NO:
			self.threshold = 0
		if self.criterion == RETURN_OUTSIDE_POLICY:
			self.update({"order_type": "", "sales_partner": "", "tolerance": 0})

	def problems_of_measure(self):
		measure = self.measured
		if not measure:
			yield _("{0} can't be measured as {1}. Choose one of: {2}.").format(
				frappe.bold(_(self.criterion)),
				frappe.bold(_(self.measure)),
				", ".join(_(it.name) for it in criteria.MEASURES.get(self.criterion, ())),
			)
		elif self.comparison not in measure.comparisons:
			yield _("{0} is asked about when it is {1}, not {2}.").format(
				frappe.bold(_(measure.name)),
				_(" or ").join(frappe.bold(_(it)) for it in measure.comparisons),
				frappe.bold(_(self.comparison)),
			)

	def problems_of_threshold(self):
		unit = self.measured.unit_of_threshold if self.measured else ""
		label, value = frappe.bold(_("Threshold")), flt(self.threshold)
		may_be_negative = self.criterion in (criteria.MARGIN, criteria.DELIVERY_DATE)
		if value < 0 and not may_be_negative:
			yield _("{0} can't be negative, it is {1}. Enter 0 to ask about every order.").format(
				label, value
			)
		if value > 100 and self.criterion in _AT_MOST_ALL and unit == measures.PERCENT:
			yield _(
				"{0} of {1} can't be more than 100, it is {2}: nothing is sold for less than nothing."
			).format(label, _(self.criterion), value)
		if unit in (measures.IN_DAYS, measures.COUNT) and value != int(value):
			yield _("{0} is a number of days or documents, {1} is none.").format(label, value)
		if flt(self.tolerance) < 0 or flt(self.tolerance) > _MOST_TOLERANCE:
			yield _("{0} is between 0 and {1}, not {2}.").format(
				frappe.bold(_("Tolerance")), _MOST_TOLERANCE, flt(self.tolerance)
			)

	def problems_of_currencies(self):
		"""An amount in another currency than a company's own can't be compared."""
		if not self.threshold_currency:
			return
		named = [self.threshold_currency, *(row.currency for row in self.amounts)]
		for currency in sorted({name for name in named if named.count(name) > 1}):
			yield _("There are two thresholds in {0}. Leave one.").format(frappe.bold(currency))
		filters = {"name": self.company} if self.company else {}
		for company in frappe.get_all("Company", filters, ["name", "default_currency"], order_by="name asc"):
			if company.default_currency not in named:
				yield _(
					"{0} keeps its books in {1}. Enter a threshold in {1}, or choose another company."
				).format(frappe.bold(company.name), frappe.bold(company.default_currency))

	def problems_of_dates(self):
		if self.valid_from and self.valid_to and getdate(self.valid_from) > getdate(self.valid_to):
			yield _("The rule would end on {0}, before it begins on {1}.").format(
				format_date(self.valid_to), format_date(self.valid_from)
			)

	def problems_of_condition(self):
		if self.criterion != criteria.OWN_CONDITION:
			return
		if not (self.condition or "").strip():
			yield _("Write the condition that an order has to meet.")
			return
		try:
			own_condition.try_condition(self.condition)
		except own_condition.NoAnswer as problem:
			yield _("{0} can't be used: {1}").format(frappe.bold(_("Condition")), escape_html(str(problem)))

	def count_version(self):
		"""Approvals keep the version that asked; what is only said, or switched, makes none."""
		before = self.get_doc_before_save()
		if before is None:
			self.version = 1
		else:
			self.version = cint(before.version) + (1 if self.what_it_asks() != before.what_it_asks() else 0)

	def what_it_asks(self):
		asked = {}
		for df in self.meta.fields:
			if df.fieldtype in table_fields:
				asked[df.fieldname] = [_stored(row) for row in self.get(df.fieldname)]
		return {**_stored(self), **asked}

	def problems_of_approvers(self):
		for violation in levels.problems(self.plan):
			yield text_of(violation)
		for row in self.approvers:
			yield from self.problems_of_row(row)

	def problems_of_row(self, row):
		where = _("Row #{0}").format(row.idx)
		if not (row.role, row.user, row.relation)[("Role", "User", "Relation").index(row.kind)]:
			yield _("{0}: say which {1} is asked.").format(where, _(row.kind))
		elif row.kind == levels.ROLE:
			yield from (f"{where}: {problem}" for problem in problems_of_role(row.role))
		elif row.kind == levels.USER and not frappe.db.get_value("User", row.user, "enabled"):
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
			if row.when_due == levels.ASK_ROLE and row.escalation_role:
				where = _("Levels, row #{0}").format(row.idx)
				yield from (f"{where}: {problem}" for problem in problems_of_role(row.escalation_role))

	@property
	def plan(self):
		return asked_people.plan_of_rows(self.approvers, self.levels)

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
	"""Why nobody, or everybody, would decide in a role; in words."""
	if role in AUTOMATIC_ROLES:
		yield _("Everybody has the role {0}. Choose a role that is given to people by name.").format(
			frappe.bold(role)
		)
	elif frappe.get_cached_value("Role", role, "disabled"):
		yield _("Role {0} is disabled. Enable it or choose another one.").format(frappe.bold(role))


def company_currencies():
	"""The currencies of all companies, by name."""
	return sorted(set(frappe.get_all("Company", pluck="default_currency")))


def _stored(doc):
	"""{field: value} of what an admin can enter; from the database and from a form they are equal."""
	numbers = ("Float", "Currency", "Percent", "Int", "Check")
	return {
		df.fieldname: flt(doc.get(df.fieldname)) if df.fieldtype in numbers else cstr(doc.get(df.fieldname))
		for df in doc.meta.fields
		if df.fieldtype not in no_value_fields and not df.read_only and df.fieldname not in _SAYS_NOTHING
	}
