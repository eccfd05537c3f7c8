"""What the page Pick calls where several people share a phone."""

import frappe

from sales_wh_flow.base import border
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.picking.answers import PersonWithPin, TakenPhone
from sales_wh_flow.picking.rules import pins
from sales_wh_flow.picking.shared_phone import walk_as as phone


@frappe.whitelist(methods=["GET"])
@border.checked()
def people_with_pin() -> list[PersonWithPin]:
	"""Who can take this phone over."""
	_check_permission()
	return phone.people_of_phone()


@frappe.whitelist(methods=["POST"])
@border.checked(pin=border.short_text, password=border.text)
def set_my_pin(pin: str, password: str) -> None:
	"""A new PIN of whoever is logged in, who says the password for it."""
	_check_permission()
	phone.set_my_pin(pin, password)


@frappe.whitelist(methods=["POST"])
@border.checked(user=border.name, pin=border.short_text)
def take_phone(user: str, pin: str) -> TakenPhone:
	"""From now on the phone is this person's: the page loads anew."""
	_check_permission()
	is_right = phone.is_right(user, pin)
	frappe.db.commit()  # a wrong one counts, whatever is said of it
	if not is_right:
		refuse(RuleViolation("pin_is_wrong"))
	phone.begin_session_of(user)
	return {"user": user}


def _check_permission() -> None:
	"""Whoever is of the way of goods, where phones are shared."""
	frappe.only_for(sorted(pins.OF_THE_WAY))
	phone.check_are_shared()
