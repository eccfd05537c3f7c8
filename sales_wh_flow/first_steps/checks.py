"""What keeps the flow from working here, in words, each with a link or a fix."""

import frappe
from frappe import _
from frappe.utils import add_to_date, now_datetime, scheduler

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import (
	APPROVAL,
	FULFILMENT,
	MESSAGES,
	ROUTING,
	STOCK_LOCK,
	flow_settings,
	is_on,
	is_used,
)
from sales_wh_flow.dispatch import addresses
from sales_wh_flow.first_steps import distances, records
from sales_wh_flow.first_steps.answers import CheckRow
from sales_wh_flow.first_steps.store import lacking
from sales_wh_flow.stock_lock import fix_stock_settings

_QUIET_MINUTES = 20
"""The shortest of our jobs runs every five."""
STOCK_SETTINGS, SCHEDULER, APPROVERS = "stock_settings", "scheduler", "approvers"
STEP_RIGHTS = "step_rights"


def find_gaps(company: str) -> list[CheckRow]:
	"""What is not as it should be, in the order in which it is mended; empty when all is well."""
	return [
		*_stock(),
		*_scheduler(),
		*_approvers(),
		*_step_rights(),
		*_mail(),
		*_places(company),
		*_left_out(company),
		*_working_days(company),
	]


def mend_gap(check: str) -> None:
	"""Do what a check offers. Raises: ValidationError for one that offers nothing."""
	if check == STOCK_SETTINGS:
		frappe.get_doc("Stock Settings").check_permission("write")
		fix_stock_settings.fix()
	elif check == SCHEDULER:
		frappe.get_doc("System Settings").check_permission("write")
		scheduler.enable_scheduler()
	elif check == STEP_RIGHTS:
		settings = frappe.get_doc("Sales Flow Settings")
		settings.check_permission("write")
		settings.update({"rights_of_the_way": 1}).save()
	elif check == APPROVERS:
		frappe.only_for("System Manager")  # who gives roles to anybody
		frappe.get_doc("User", frappe.session.user).add_roles(*lacking.roles_nobody_has())
	else:
		refuse(RuleViolation("mended_by_hand", check=check))


def _found(check: str, text: str, *route: str, fix: str = "") -> list[CheckRow]:
	return [{"check": check, "text": text, "route": list(route), "fix": fix}]


def _stock() -> list[CheckRow]:
	found = fix_stock_settings.contradictions()
	if not found:
		return []
	return _found(STOCK_SETTINGS, " ".join(found), "stock-settings", fix=_("Correct Stock Settings"))


def _scheduler() -> list[CheckRow]:
	if not scheduler.is_scheduler_disabled(verbose=False):
		return _sleeping_scheduler()
	text = _("The scheduler is off: waiting orders are not served, nobody is reminded, no message goes out.")
	return _found(SCHEDULER, text, fix=_("Switch It On"))


def _sleeping_scheduler() -> list[CheckRow]:
	if not lacking.runs_no_jobs_since(add_to_date(now_datetime(), minutes=-_QUIET_MINUTES)):
		return []
	text = _(
		"The scheduler is switched on, but has run nothing for {0} minutes: waiting orders are not served, "
		"nobody is reminded. Start the processes of your bench that run jobs (bench start, or supervisor)."
	)
	return _found(SCHEDULER, text.format(_QUIET_MINUTES), "scheduled-job-type")


def _approvers() -> list[CheckRow]:
	if not is_on(APPROVAL):
		return []
	return [
		row
		for role in lacking.roles_nobody_has()
		for row in _found(
			APPROVERS,
			_("Nobody has the role {0}, which approval rules ask. Give it to somebody.").format(role),
			"user",
			fix="" if frappe.session.user == "Administrator" else _("Let Me Approve"),
		)
	]


def _step_rights() -> list[CheckRow]:
	"""ERPNext's own Stock User makes a Delivery Note and is refused the address it goes to. Told as soon as
	stock is locked, too: picking and sending is what comes next.
	"""
	if "Stock User" in addresses.roles_that_read_all() or not (is_on(STOCK_LOCK) or is_on(FULFILMENT)):
		return []
	text = _(
		"The role Stock User may not read addresses: who has no other role makes no Delivery Note. Tick {0} "
		"in Sales Flow Settings."
	).format(_("Warehouse People May Do Their Step"))
	return _found(STEP_RIGHTS, text, "sales-flow-settings", fix=_("Give These Rights"))


def _mail() -> list[CheckRow]:
	wants = is_used(MESSAGES) or frappe.utils.cint(flow_settings().approval_notify_email)
	if not wants or frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}):
		return []
	text = _("Mails are to be sent, and no Email Account is marked as default for outgoing mail.")
	return _found("mail", text, "email-account")


def _places(company: str) -> list[CheckRow]:
	"""Told before routing is on, too: a trial of the nearest warehouse means nothing without distances."""
	return distances.gaps_of_warehouses(company) if frappe.has_permission("Warehouse", "read") else []


def _sellers(company: str) -> list[str]:
	"""A System Manager sets up without any right on stock: of warehouses he then hears nothing."""
	return records.selling_warehouses(company) if frappe.has_permission("Warehouse", "read") else []


def _left_out(company: str) -> list[CheckRow]:
	"""Warehouses that were added after the rules were made; silent while there is no rule at all."""
	is_ruled = is_on(ROUTING) and frappe.db.exists(
		"Warehouse Routing Rule", {"company": company, "enabled": 1}
	)
	left_out = lacking.known_to_no_rule(company, _sellers(company)) if is_ruled else []
	if not left_out:
		return []
	text = _(
		"No routing rule sends from {0}. Add it to the rules' candidates, or a group that it stands in; "
		"where it is not to send, clear {1} in the warehouse."
	).format(", ".join(left_out[:5]), _("Sells"))
	return _found("left_out", text, "warehouse-routing-rule")


def _working_days(company: str) -> list[CheckRow]:
	if frappe.get_cached_value("Company", company, "default_holiday_list"):
		return []
	text = _("{0} has no default holiday list: every day counts as a working day.").format(company)
	return _found("holidays", text, "company", company)
