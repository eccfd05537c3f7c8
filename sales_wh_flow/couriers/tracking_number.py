"""A tracking number is written on a box, by hand or by scan; what came for it before moves the box."""

import frappe

from sales_wh_flow.base import said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.couriers import sayings, take_event
from sales_wh_flow.couriers.answers import WrittenNumber
from sales_wh_flow.couriers.rules import courier_message
from sales_wh_flow.couriers.store import parcels
from sales_wh_flow.dispatch.rules import courier as courier_rules
from sales_wh_flow.packing import change_state as change
from sales_wh_flow.packing.held import check_unlabelled
from sales_wh_flow.packing.rules import states as box_states
from sales_wh_flow.packing.store import boxes as box_store
from sales_wh_flow.packing.store.notes import has_left_by_note

_SETTLED = (box_states.CANCELLED, box_states.RETURNED)


def write_number(
	box: str, typed: str, courier: str | None = None, service: str | None = None
) -> WrittenNumber:
	"""Write number and courier on a box. Same number again: nothing is written twice."""
	held = box_store.hold_boxes([box])
	row = held.get(box)
	if row is None:
		raise frappe.DoesNotExistError
	number, carrier = courier_message.tidy_number(typed), courier or row.courier
	refuse(_problems(row, typed, carrier))
	carrier = str(carrier)  # one without a courier was refused
	if (number, carrier) != (row.tracking_no, row.courier):
		check_unlabelled(row)
	_check_courier(carrier, service)
	pattern = frappe.get_cached_value("Courier", carrier, "tracking_url")
	link = courier_rules.tracking_link(pattern, number)
	others = parcels.others_with(number, carrier, [box])
	if (number, carrier) != (row.tracking_no, row.courier) or service:
		fields = {"tracking_no": number, "tracking_url": link, "courier": carrier}
		fields |= {"courier_service": service} if service else {}
		note = said.keep(sayings.number_written, tracking_no=number, courier=carrier)
		change.change_state([row], row.state, note=note, **fields)
	take_event.match_waiting(carrier, number)
	state = box_store.hold_boxes([box])[box].state
	return {
		"tracking_no": number,
		"courier": carrier,
		"tracking_url": link or "",
		"also_on": others,
		"state": state,
	}


def _problems(row, typed: str, courier: str | None):
	if not courier_message.is_number(typed):
		yield RuleViolation("no_tracking_number", number=typed[:80])
	if not courier:
		yield RuleViolation("box_without_courier", box=row.name)
	is_other = row.courier and courier != row.courier
	if is_other and (row.state not in box_states.IN_THE_HOUSE or has_left_by_note(row.name)):
		yield RuleViolation("box_left_with", box=row.name, state=row.state, courier=row.courier)
	elif is_other and row.handover:
		yield RuleViolation("courier_in_hand_over", box=row.name, handover=row.handover, courier=row.courier)
	if row.state in _SETTLED:
		yield RuleViolation("box_is_gone", box=row.name, state=row.state)


def _check_courier(courier: str, service: str | None) -> None:
	found = frappe.db.exists("Courier", courier) and frappe.get_cached_doc("Courier", courier)
	if not found or not found.enabled:
		refuse(RuleViolation("courier_is_off", courier=courier))
	try:
		courier_rules.check_service(courier, service, [row.service for row in found.services])
	except RuleViolation as violation:
		refuse(violation)
