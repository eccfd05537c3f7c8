"""What a courier says on the phone or on its own site: somebody writes it, and it counts as any other word of
the courier, except that it proves no delivery.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import get_datetime, get_system_timezone, now_datetime

from sales_wh_flow.base import plain_text
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.couriers import take_event
from sales_wh_flow.couriers.answers import ToldOfBox
from sales_wh_flow.couriers.rules import states
from sales_wh_flow.couriers.rules.courier_message import ToldEvent
from sales_wh_flow.couriers.rules.order_of_events import MOVED_BY_COURIERS
from sales_wh_flow.packing.rules import states as box_states
from sales_wh_flow.packing.store import boxes as box_store
from sales_wh_flow.packing.store.notes import has_left_by_note

MEANINGS = {
	"on_its_way": (states.IN_TRANSIT, ""),
	"delivered": (states.DELIVERED, ""),
	"not_delivered": (states.DELIVERY_FAILED, ""),
	"comes_back": (states.RETURN_TO_SENDER, ""),
	"lost": (states.ON_HOLD, states.LOST_REASON),
	"damaged": (states.PENDING, states.DAMAGED_REASON),
}
"""{what somebody chooses: (state, reason) as a courier's interface would tell it}."""

ROAD = "People"
_CLOCKS_DIFFER = timedelta(minutes=5)


def write_told(box: str, what: str, happened_on: str, note: str, key: str) -> ToldOfBox:
	"""Write down what became of a box. ``what``: a key of `MEANINGS`; ``happened_on``: the site's time, now
	without it.

	Raises: ValidationError for a box that no courier has, a day before the box was there or to come.
	"""
	row = box_store.hold_boxes([box]).get(box)
	if row is None:
		raise frappe.DoesNotExistError
	if not row.courier:
		refuse(RuleViolation("told_without_courier", box=box))
	is_here = row.state in box_states.IN_THE_HOUSE and not has_left_by_note(box)
	if row.state not in MOVED_BY_COURIERS or is_here:
		refuse(RuleViolation("told_of_box_here", box=box, state=row.state))
	if what not in MEANINGS:
		refuse(RuleViolation("told_unknown_word", what=what[:40]))
	day = get_datetime(happened_on) if happened_on else now_datetime()
	_check_day(box, day)
	state, reason = MEANINGS[what]
	told = ToldEvent(
		key=f"people {key or frappe.generate_hash(length=20)}",
		tracking_no=row.tracking_no or "",
		word=what,
		state=state,
		reason=reason,
		happened_on=day.replace(tzinfo=ZoneInfo(get_system_timezone())),
		note=plain_text.clean_typed(note),
	)
	outcome = take_event.take_event(row.courier, told, take_event.Road(ROAD), box=box)
	return {"box": box, "outcome": outcome, "state": box_store.hold_boxes([box])[box].state}


def _check_day(box: str, day: datetime) -> None:
	made_on = get_datetime(frappe.db.get_value("Order Box", box, "creation"))
	if day.date() < made_on.date() or day > now_datetime() + _CLOCKS_DIFFER:
		refuse(RuleViolation("told_of_another_day", box=box, day=day.date(), made_on=made_on.date()))
