"""Why an order is delayed and what helps, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _

from sales_wh_flow.delays.rules import alerts
from sales_wh_flow.order import sayings


def cause(
	*,
	stage: str,
	since: str,
	promised: str | None = None,
	expected: str | None = None,
	due: str | None = None,
	warehouse: str = "",
) -> str:
	"""Of alerts from before the stage log named the cause."""
	return sayings.delay_cause(
		stage=stage, since=since, promised=promised, expected=expected, due=due, warehouse=warehouse
	)


def step_words(step: str) -> str:
	"""What helps most, as an order to whoever reads it."""
	return {
		alerts.CHASE_APPROVER: _("Chase the approver"),
		alerts.SERVE_ELSEWHERE: _("Serve it from another warehouse, which has goods"),
		alerts.SPLIT: _("Send what is there, split off the rest"),
		alerts.CHASE_SUPPLIER: _("Chase the supplier"),
		alerts.SUBSTITUTE: _("Offer a substitute, or tell the customer"),
		alerts.PICK_NOW: _("Pick and send it now"),
		alerts.CHASE_COURIER: _("Chase the courier"),
		alerts.END_HOLD: _("End the hold, or tell the customer"),
		alerts.TELL_CUSTOMER: _("Tell the customer"),
	}.get(step, step)


def news_of_delays(*, raised: int, escalated: int) -> str:
	"""What is new on somebody's list, once for all."""
	words = []
	if raised:
		words.append(_("{0} new").format(raised))
	if escalated:
		words.append(_("{0} passed on to you").format(escalated))
	return _("Delayed orders: {0}").format(", ".join(words))
