"""The one writer of a box's state, and of the event that says why."""

from collections.abc import Sequence
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import now_datetime

from sales_wh_flow.base import said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing.rules.states import may_follow
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store.boxes import BoxRow


def change_state(
	boxes: Sequence[BoxRow],
	state: str,
	*,
	happened_on: datetime | None = None,
	note: str | None = None,
	reason: str | None = None,
	reason_group: str | None = None,
	delay_of: str | None = None,
	courier_state: str | None = None,
	courier_event: str | None = None,
	place: str | None = None,
	device: str | None = None,
	**fields: object,
) -> None:
	"""Give boxes that are held (``store.hold_boxes``) a state, and write an event for each. ``fields``: what
	else is written on all of them. ``note``: kept by ``said.keep`` or ``said.typed``.

	Two statements, however many boxes, none for none. Raises: ValidationError, before anything is written,
	naming the first box that can't become that; TypeError for a note that is a sentence.
	"""
	for box in boxes:
		if not may_follow(box.state, state):
			refuse(RuleViolation("box_cannot_become", box=box.name, state=_(box.state), wanted=_(state)))
	if not boxes:
		return
	stamp = now_datetime()
	store.set_on_boxes([box.name for box in boxes], {"state": state, **fields})
	store.add_events(
		{
			"box": box.name,
			"state": state,
			"courier_state": courier_state,
			"reason_group": reason_group,
			"reason": reason,
			"delay_of": delay_of,
			"happened_on": happened_on or stamp,
			"recorded_on": stamp,
			"actor": frappe.session.user,
			"device": device,
			"place": place,
			"courier_event": courier_event,
			"note": said.checked_code(note),
		}
		for box in boxes
	)
