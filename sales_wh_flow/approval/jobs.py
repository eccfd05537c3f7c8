"""What runs in the background for approvals. Every job may be run twice, and may be killed anywhere."""

from frappe import _
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.approval import escalate, follow_rule, house_rates, tell, tell_admins
from sales_wh_flow.approval import follow_people as follow_people_flow
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base import retry
from sales_wh_flow.base.retry_each import each_alone
from sales_wh_flow.base.settings import APPROVAL, is_on

_LEFT_AFTER_MIN = 2
"""Whoever was not told by then is told by the sweep."""


def press_for_decisions() -> dict[str, str]:
	"""Remind approvers, and ask others where the time is up. Returns {approval: what was done}."""
	if not is_on(APPROVAL):
		return {}
	moment = now_datetime()
	pressed = each_alone(
		[(Subject(kind, name), approval) for kind, name, approval in asked_people.due_approvals(moment)],
		lambda about, approval: escalate.escalate_one(about, approval, moment),
		_("Approval {0} could not be pressed for"),
	)
	return {approval: step for (_about, approval), step in pressed if step}


def tell_approvers(approvals: list[str] | None = None, users: list[str] | None = None) -> None:
	"""Tell whoever is asked by these approvals, or only ``users`` of them; without any: by all left over."""
	if not is_on(APPROVAL):
		return
	names = approvals or asked_people.untold(add_to_date(now_datetime(), minutes=-_LEFT_AFTER_MIN))
	for _told in each_alone(
		((name,) for name in names),
		lambda name: tell.whoever_is_asked(name, users),
		_("Approvers of {0} could not be told"),
	):
		continue


def follow_rules(rule: str | None = None) -> dict[str, list[str]]:
	"""Ask open approvals of whom their rules name now; with a ``rule`` its own alone. Returns {order:
	approvals that were asked anew or taken back}.
	"""
	if not is_on(APPROVAL):
		return {}
	followed = each_alone(
		((about,) for about in follow_rule.waiting_by_rule(rule)),
		follow_rule.follow_rules_of_order,
		_("Approvals of {0} could not follow their rule"),
	)
	return {about.name: found for (about,), found in followed if found}


def follow_people(user: str | None = None, roles: list[str] | None = None) -> list[str]:
	"""Ask the fallback where whoever was asked is gone; with a ``user``, of what asks them or these roles.

	Returns the approvals that ask somebody else now.
	"""
	if not is_on(APPROVAL):
		return []
	followed = each_alone(
		follow_people_flow.to_look_at(user, roles or ()),
		follow_people_flow.ask_fallback_of_missing,
		_("Approval {0} could not be handed on"),
	)
	return [approval for (_about, approval), moved in followed if moved]


def tell_admins_of_broken_rule(rule: str, order: str, reason: str, doctype: str = "Sales Order") -> None:
	"""An approval rule could not be asked, so an order, or a Quotation, waits."""
	about = Subject(doctype, order)
	retry.from_a_fresh_transaction(lambda: tell_admins.of_broken_rule(rule, about, reason))


def fetch_rates(currency: str | None = None, own: str | None = None) -> dict[str, float]:
	"""Keep what foreign currencies are worth today: one, in the books' currency ``own`` and once an hour, so
	that a service which is away is not asked with every save; or all in use.

	Returns {"currency in own": rate}; 0.0 where ERPNext does not know.
	"""
	if not is_on(APPROVAL):
		return {}
	pairs = house_rates.fetch_asked_for(currency, own) if currency and own else house_rates.in_use()
	fetched = each_alone(pairs, house_rates.fetch_rate, _("An exchange rate in {0} could not be fetched"))
	return {f"{currency} in {own}": rate for (currency, own), rate in fetched}
