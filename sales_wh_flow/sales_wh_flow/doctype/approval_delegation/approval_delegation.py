import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from sales_wh_flow.approval import delegations
from sales_wh_flow.approval.rules import votes
from sales_wh_flow.approval.store import stand_ins
from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse


class ApprovalDelegation(EmptyMeansAny, Document):
	"""Somebody else decides approvals for a while. Who may write it: see permissions.delegation."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		company: DF.Link | None
		from_date: DF.Date
		from_name: DF.Data | None
		from_user: DF.Link
		reason: DF.SmallText | None
		to_date: DF.Date
		to_name: DF.Data | None
		to_user: DF.Link
	# end: auto-generated types

	def validate(self):
		refuse(self.problems())

	def on_update(self):
		delegations.tell_of(self)

	def on_trash(self):
		delegations.tell_of(self, ends=True)

	def problems(self):
		if not all((self.from_user, self.to_user, self.from_date, self.to_date)):
			return  # Frappe says what is missing
		if self.from_user == self.to_user:
			yield RuleViolation("delegation_to_itself", user=self.from_user)
		elif self.from_user != frappe.session.user and self.ends_at(frappe.session.user):
			if not self.is_within_what_was_named():
				yield RuleViolation("delegation_to_oneself", user=self.from_user)
		if getdate(self.to_date) < getdate(self.from_date):
			yield RuleViolation("delegation_dates", first=self.from_date, last=self.to_date)
		enabled, kind = frappe.db.get_value("User", self.to_user, ["enabled", "user_type"]) or (0, "")
		if not enabled or kind != "System User":
			yield RuleViolation("delegation_to_disabled", user=self.to_user)
		if self.from_user != self.to_user and self.closes_a_circle():
			yield RuleViolation("delegation_in_circle", substitute=self.to_user, user=self.from_user)

	def is_within_what_was_named(self):
		"""Whether the same people stand for the same company, as stored, on no other days."""
		named = self.get_doc_before_save()
		return (
			named is not None
			and (self.from_user, self.to_user) == (named.from_user, named.to_user)
			and (self.company or "") == (named.company or "")
			and getdate(self.from_date) >= getdate(named.from_date)
			and getdate(self.to_date) <= getdate(named.to_date)
		)

	def closes_a_circle(self):
		return self.ends_at(self.from_user)

	def ends_at(self, user):
		"""Whether what the substitute may decide then is the user's to decide, directly or through others."""
		pairs = stand_ins.pairs_between(self.from_date, self.to_date, self.company or "", self.name or "")
		return self.to_user == user or self.to_user in votes.stands_in_for(pairs, user)
