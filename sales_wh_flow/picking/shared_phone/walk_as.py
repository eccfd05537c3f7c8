"""Who takes a shared phone: PINs are set with the password, and tried by somebody who is logged in already.

A PIN opens nothing from outside: only a session of the warehouse may try one, five wrong ones lock it, and
who may do more than the way of goods has none. Frappe's own rules of logging in (hours, addresses, one
session) hold for it too; where it asks for a second factor there are no PINs.
"""

import frappe
from frappe.utils import cint
from frappe.utils.password import check_password

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import FULFILMENT, flow_settings, is_on
from sales_wh_flow.picking.answers import PersonWithPin
from sales_wh_flow.picking.rules import pins as rules
from sales_wh_flow.picking.store import pins as store


def are_shared() -> bool:
	"""Whether the company shares phones; never where Frappe asks for a second factor."""
	if not (is_on(FULFILMENT) and cint(flow_settings().get("shared_phones"))):
		return False
	return not cint(frappe.db.get_single_value("System Settings", "enable_two_factor_auth"))


def check_are_shared() -> None:
	"""Raises: ValidationError where phones are not shared."""
	if not are_shared():
		refuse(RuleViolation("phones_are_not_shared"))


def people_of_phone() -> list[PersonWithPin]:
	"""Who can take this phone over."""
	return [
		{"user": user, "full_name": name or user}
		for user, name in store.with_pin()
		if user != frappe.session.user and _may_have(user)
	]


def set_my_pin(pin: str, password: str) -> None:
	"""A new PIN of the session's user, who says the password for it.

	Raises: PermissionError for who may do more than a PIN should open, or a wrong password; ValidationError
	for a PIN that everybody would try.
	"""
	user = frappe.session.user
	if not _may_have(user):
		refuse(RuleViolation("not_for_pins", user=user))
	if rules.is_too_easy(pin):
		refuse(RuleViolation("pin_is_too_easy", length=rules.LENGTH))
	try:
		check_password(user, password, delete_tracker_cache=False)
	except frappe.AuthenticationError:
		refuse(RuleViolation("password_is_wrong"))
	store.set_pin(user, pin)


def is_right(user: str, pin: str) -> bool:
	"""Whether it is the user's PIN; what is wrong is counted, so the caller commits before it refuses.

	Raises: ValidationError for a PIN that is locked, or that there is not.
	"""
	held = store.hold_pin(user)
	if held is None or not _may_have(user):
		refuse(RuleViolation("no_such_pin"))
	if held.is_locked:
		refuse(RuleViolation("pin_is_locked", user=user))
	if store.is_pin_of(user, pin):
		store.note_success(user)
		return True
	store.note_failure(user)
	return False


def begin_session_of(user: str) -> None:
	"""The request's session ends, and one of this user begins, as Frappe's own login makes it."""
	manager = frappe.local.login_manager
	manager.logout()
	# What a logout takes off the phone in the end would be the cookie that the new session sets.
	frappe.local.cookie_manager.to_delete = []
	manager.login_as(user)


def _may_have(user: str) -> bool:
	enabled = frappe.db.get_value("User", {"name": user, "enabled": 1, "user_type": "System User"})
	return bool(enabled) and rules.may_have_pin(frappe.get_roles(user))
