"""What was typed on an order and differs from its master, for the reader; plain text."""

import re

from frappe import _
from frappe.utils import flt

from sales_wh_flow.base.in_words import figure


def name_difference(what: str) -> str:
	"""``what`` as ``store.masters.differences_from_masters`` names it."""
	text = _figure(what)
	return text or _(what)


def show_difference(what: str, values: str, parted_by: str = " / ") -> str:
	"""What differs, and the values that were typed and are known, as they are kept."""
	if _figure(what):
		values = parted_by.join(figure(flt(value)) for value in values.split(parted_by))
	return f"{name_difference(what)}: {values}"


def _figure(what: str) -> str:
	"""The words of what is a figure; empty for names."""
	rate = re.fullmatch(r"Exchange rate of (.+)", what)
	if rate:
		return _("Exchange rate of {0}").format(rate[1])
	size = re.fullmatch(r"Row #(\d+): size of (.+) of (.+)", what)
	if size:
		return _("Row #{0}: stock units in a {1} of {2}").format(*size.groups())
	price = re.fullmatch(r"Row #(\d+): list price of (.+)", what)
	return _("Row #{0}: list price of {1}").format(*price.groups()) if price else ""
