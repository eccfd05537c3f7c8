"""What runs by itself about goods that come back."""

from frappe import _
from frappe.utils import now_datetime

from sales_wh_flow.base.retry_each import each_alone
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns import press, reopen
from sales_wh_flow.returns.store import windows


def reopen_order(reopening: str) -> None:
	"""Do the steps of an Order Reopening that are left. Safe to run twice, and to be killed."""
	reopen.undo_all(reopening)


def press_for_waivers() -> list[str]:
	"""Remind of late cases that wait, and ask others where the time is up; the cases of which it did so.

	Safe to run twice, and to be killed.
	"""
	if not is_on(RETURNS):
		return []
	moment = now_datetime()
	pressed = each_alone(
		((name,) for name in windows.cases_due(moment)),
		lambda name: press.press_one(name, moment),
		_("Return Case {0} could not be pressed for"),
	)
	return [name for (name,), was_done in pressed if was_done]
