"""Whether a customer wants to be told of an order, as the customer says on the order's page."""

import frappe
from frappe.utils import cint

from sales_wh_flow.base import settings
from sales_wh_flow.milestones.store import people

_DOCTYPE = "Message Opt Out"


def need_consent() -> bool:
	"""Whether only customers who agreed are told."""
	return bool(cint(settings.flow_settings().get("messages_need_consent")))


def wish_on_page(order: str) -> dict | None:
	"""What the page offers: {"is_told", "may_change"}; None where no messages go out. What somebody of ours
	entered, or what is about all orders of the customer, is not changed from the page of one.
	"""
	if not settings.is_on(settings.MESSAGES):
		return None
	known = people.wishes_about(order)
	return {"is_told": _is_told(known), "may_change": not _stands(known)}


def choose_messages(order: str, is_wanted: bool) -> bool:
	"""Tell the customer of this order, or no more. Returns whether the customer is told from now on."""
	known = people.wishes_about(order)
	if is_wanted and _stands(known):
		return False
	for wish in known:
		if wish.is_own and bool(wish.agrees) != is_wanted:
			# The customer's own wish: whoever has the order's link or login may take it back.
			frappe.delete_doc(_DOCTYPE, wish.name, ignore_permissions=True)
	if _is_told([it for it in known if bool(it.agrees) == is_wanted or not it.is_own]) != is_wanted:
		customer = frappe.db.get_value("Sales Order", order, "customer")
		wish = {"customer": customer, "sales_order": order, "asked_on_page": 1, "agrees": int(is_wanted)}
		# The customer's own wish, see above; customers have no rights to our records.
		frappe.get_doc({"doctype": _DOCTYPE, **wish}).insert(ignore_permissions=True)
	return _is_told(people.wishes_about(order))


def _is_told(known: list[dict]) -> bool:
	is_refused = any(not it.agrees for it in known)
	return not is_refused and (not need_consent() or any(it.agrees for it in known))


def _stands(known: list[dict]) -> bool:
	"""Whether somebody of ours entered, or the customer asked for all orders, that nothing is told."""
	return any(not it.agrees and not it.is_own for it in known)
