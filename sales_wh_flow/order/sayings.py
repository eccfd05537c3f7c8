"""When an order is expected, and why it is late, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _
from frappe.utils import date_diff, format_datetime, formatdate


def expected(
	*,
	ships: str | None = None,
	there: str | None = None,
	latest: str | None = None,
	orders: int = 0,
	warehouse: str = "",
	courier: str = "",
	item_group: str = "",
) -> str:
	"""The likely day, how sure that is, and what it rests on."""
	return "; ".join([_day(ships, there, latest, orders), _rests_on(orders, warehouse, courier, item_group)])


def delay_cause(
	*,
	stage: str,
	since: str,
	promised: str | None = None,
	expected: str | None = None,
	due: str | None = None,
	warehouse: str = "",
) -> str:
	"""Where an order is stuck since when, and how late that makes it."""
	place = _("{0} in {1}").format(_(stage), warehouse) if warehouse else _(stage)
	words = [_("{0} since {1}").format(place, format_datetime(since))]
	if due:
		words.append(_("missing goods are due on {0}").format(formatdate(due)))
	if promised and expected:
		words.append(_("expected {0}, promised {1}").format(formatdate(expected), formatdate(promised)))
	elif promised:
		words.append(_("promised {0}").format(formatdate(promised)))
	return "; ".join(words)


def _day(ships: str | None, there: str | None, latest: str | None, orders: int) -> str:
	if not there:
		return _("Ships on {0}, transit unknown").format(formatdate(ships)) if ships else _("No day yet")
	day = formatdate(there)
	if not orders or not latest:
		return _("About {0}").format(day)
	open_days = date_diff(latest, there)
	if open_days <= 1:
		return _("{0}, as good as certain").format(day)
	if open_days <= 5:
		return _("Likely {0}, nine of ten by {1}").format(day, formatdate(latest))
	return _("Perhaps {0}, but nine of ten only by {1}").format(day, formatdate(latest))


def _rests_on(orders: int, warehouse: str, courier: str, item_group: str) -> str:
	if not orders:
		return _("by fixed lead times: too few past orders to learn from")
	like = ", ".join(filter(None, (warehouse, courier, item_group)))
	if like:
		return _("by {0} orders like it ({1})").format(orders, like)
	return _("by {0} orders of the company").format(orders)
