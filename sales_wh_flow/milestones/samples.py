"""What a preview says happened: the order's own values, where they are known, else examples that say so."""

from dataclasses import dataclass

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.dispatch.rules.courier import tracking_link
from sales_wh_flow.milestones.rules.milestones import (
	DELAYED,
	DELIVERED,
	DISPATCHED,
	REFUNDED,
	REFUSED,
	RETURN_ANNOUNCED,
	RETURN_RECEIVED,
)
from sales_wh_flow.milestones.store import contents

_NUMBER = "JD0146000000000001"
_LATER_DAYS = 7
_RESTS_ON = {
	RETURN_ANNOUNCED: ("Return Case", "RET-00001"),
	RETURN_RECEIVED: ("Delivery Note", "RETURN-00001"),
	REFUNDED: ("Sales Invoice", "CREDIT-00001"),
}


@dataclass(frozen=True, slots=True)
class Sample:
	"""``examples``: the keys of those ``values`` that are made up. ``box``: the box or document meant."""

	values: dict[str, str]
	examples: tuple[str, ...] = ()
	box: str = ""


def sample_of(milestone: str, order) -> Sample:
	"""What would be noted if the order passed the milestone now; nothing is written."""
	if milestone == DELAYED:
		return _delay(order)
	if milestone in (DISPATCHED, DELIVERED, REFUSED):
		return _parcel(order)
	if milestone in _RESTS_ON:
		doctype, example = _RESTS_ON[milestone]
		name = contents.newest_paper(doctype, order.name, is_return=True)
		return Sample({"document": name}, box=name) if name else Sample({"document": example}, ("document",))
	return Sample({})


def _delay(order) -> Sample:
	expected = order.get("swf_forecast_on") or order.get("swf_forecast_ships_on")
	if expected:
		return Sample({"new_date": str(expected)})
	return Sample({"new_date": str(add_days(nowdate(), _LATER_DAYS))}, ("new_date",))


def _parcel(order) -> Sample:
	"""Of what left last."""
	box = contents.newest_paper("Order Box", order.name)
	if box:
		it = frappe.get_doc("Order Box", box)
		values = {"courier": it.courier, "tracking_no": it.tracking_no, "tracking_link": it.tracking_url}
		return Sample({key: value or "" for key, value in values.items()}, box=box)
	note = contents.newest_paper("Delivery Note", order.name)
	if not note:
		return Sample({"tracking_no": _NUMBER}, ("tracking_no",))
	number, courier = frappe.db.get_value("Delivery Note", note, ["swf_tracking_no", "swf_courier"])
	pattern = frappe.get_cached_value("Courier", courier, "tracking_url") if courier else ""
	link = tracking_link(pattern, number or "") or ""
	values = {"document": note, "courier": courier, "tracking_no": number, "tracking_link": link}
	return Sample({key: value or "" for key, value in values.items()}, box=note)
