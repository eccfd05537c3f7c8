"""Whoever is stood in for learns of it when somebody else has said so, and so does the substitute."""

import frappe
from frappe.utils import get_fullname

from sales_wh_flow.approval import sayings
from sales_wh_flow.base import notify, said


def tell_of(delegation, ends: bool = False) -> None:
	"""Tell both of a delegation that is entered, changed or taken away by anybody but who is stood in for."""
	if frappe.session.user == delegation.from_user:
		return
	names = {
		"by": get_fullname(frappe.session.user),
		"substitute": get_fullname(delegation.to_user),
		"user": get_fullname(delegation.from_user),
	}
	if ends:
		text = said.keep(sayings.substitute_ended, **names)
	else:
		days = {"first": str(delegation.from_date), "last": str(delegation.to_date)}
		text = said.keep(sayings.substitute_named, **names, **days)
	both = {delegation.from_user, delegation.to_user}
	notify.notify(both, delegation.name, text, doctype=delegation.doctype)
