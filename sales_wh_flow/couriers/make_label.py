"""A courier makes the label of a box, or takes it back. Nothing is held while it is asked: what it answers is
written on the box only where the box is still what the courier was told.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import refusals, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.couriers import accounts, compare_rates, permissions, sayings, take_event
from sales_wh_flow.couriers.port import CourierIsSilent, CourierSaysNo
from sales_wh_flow.couriers.rules import freight
from sales_wh_flow.couriers.rules.labels import Label, LabelAsk
from sales_wh_flow.couriers.store import label_facts, shipped
from sales_wh_flow.couriers.store.label_facts import LabelledBox
from sales_wh_flow.dispatch.rules import courier as courier_rules
from sales_wh_flow.packing import change_state as change
from sales_wh_flow.packing.rules import states as box_states
from sales_wh_flow.packing.store import boxes as box_store

BUSY_FOR = timedelta(seconds=90)
"""Longer than any courier is waited for: after that somebody may ask anew."""

_MAY_BE_VOIDED = box_states.IN_THE_HOUSE | {box_states.CANCELLED}


@dataclass(frozen=True, slots=True)
class Begun:
	"""A label that is being asked for; ``ask`` is None where the box has its label already."""

	box: str
	courier: str
	ask: LabelAsk | None = None


def begin_label(box: str) -> Begun:
	"""The box is looked at, and says that its label is being asked for.

	Raises: ValidationError saying why it can't have one.
	"""
	row = label_facts.hold_labelled(box)
	if row is None:
		raise frappe.DoesNotExistError
	permissions.check_places([row])
	if row.made_on:
		return Begun(box, row.courier)
	ask = ask_of(row)
	refuse(_problems(row, ask))
	box_store.set_on_boxes([box], {"label_asked_on": now_datetime()})
	return Begun(box, row.courier, ask)


def ask_of(row: LabelledBox) -> LabelAsk | None:
	"""What the courier is told of a box; None where an address is missing."""
	pickup = shipped.address_of_warehouse(row.warehouse, row.company)
	sender = label_facts.party_at(pickup, company=row.company) if pickup else None
	ship_to = label_facts.party_at(row.ship_to, row.customer_name) if row.ship_to else None
	if not sender or not ship_to:
		return None
	orders, instructions, incoterm = label_facts.instructions_of(row.name)
	phone, email = label_facts.contacts_of(orders)
	ask = LabelAsk(
		key="",
		box=row.name,
		service=row.courier_service,
		kind=frappe.get_cached_value("Courier", row.courier, "label_kind") or "PDF",
		sender=sender,
		ship_to=replace(ship_to, phone=ship_to.phone or phone, email=ship_to.email or email),
		kg=row.kg,
		sides_cm=row.sides_cm,
		goods=label_facts.declared_in(row.name),
		currency=frappe.get_cached_value("Company", row.company, "default_currency"),
		cod_amount=row.cod_amount,
		orders=orders,
		instructions=instructions,
		incoterm=incoterm,
	)
	seed = json.dumps([row.courier, row.turn, asdict(ask)], sort_keys=True, default=str)
	return replace(ask, key=f"{row.name}-{hashlib.sha256(seed.encode()).hexdigest()[:16]}")


def ask_courier(begun: Begun) -> Label:
	"""The label. Nothing is held meanwhile. Raises: ValidationError in the courier's words."""
	assert begun.ask
	try:
		made = accounts.port_of(begun.courier).label(begun.ask)
	except CourierSaysNo as error:
		refuse(RuleViolation("courier_says_no", courier=begun.courier, box=begun.box, why=str(error)))
	except CourierIsSilent as error:
		refuse(RuleViolation("courier_is_silent", courier=begun.courier, box=begun.box, why=str(error)))
	if made is None:
		refuse(RuleViolation("courier_makes_no_labels", courier=begun.courier))
	return made


def let_go(box: str) -> None:
	"""No label came: somebody may ask anew at once."""
	if box_store.hold_boxes([box]):
		box_store.set_on_boxes([box], {"label_asked_on": None})


def keep_label(begun: Begun, made: Label) -> bool:
	"""Number and label stand on the box. False where the box is no more what the courier was told: then the
	label is to be given back.
	"""
	row = label_facts.hold_labelled(begun.box)
	if row is None:
		return False
	if row.made_on and row.tracking_no == made.tracking_no:
		return True
	is_free = not (row.made_on or row.tracking_no) and row.state == box_states.CLOSED
	ask = ask_of(row) if is_free else None
	if not ask or not begun.ask or (ask.key, row.courier) != (begun.ask.key, begun.courier):
		return False
	pattern = frappe.get_cached_value("Courier", begun.courier, "tracking_url")
	held = list(box_store.hold_boxes([begun.box]).values())
	change.change_state(
		held,
		box_states.CLOSED,
		note=said.keep(sayings.label_made, courier=begun.courier, tracking_no=made.tracking_no),
		tracking_no=made.tracking_no,
		tracking_url=courier_rules.tracking_link(pattern, made.tracking_no),
		label=_filed(begun.box, made),
		label_ref=made.ref or made.tracking_no,
		label_made_on=now_datetime(),
		label_asked_on=None,
		**{"freight": made.freight} if made.freight is not None else {},
	)
	take_event.match_waiting(begun.courier, made.tracking_no)
	return True


def give_label_back(courier: str, label_ref: str, tracking_no: str) -> bool:
	"""Whether the courier takes a label back. Nothing is held meanwhile."""
	try:
		return accounts.port_of(courier).cancel(label_ref, tracking_no)
	except CourierIsSilent:
		return False


def label_to_void(box: str, reason: str) -> LabelledBox | None:
	"""The box whose label is to be voided; None where it has none any more.

	Raises: ValidationError for a box that has left, and without a reason.
	"""
	refusals.require_reason(reason, RuleViolation("void_reason_missing", box=box))
	row = label_facts.hold_labelled(box)
	if row is None:
		raise frappe.DoesNotExistError
	permissions.check_places([row])
	if row.state not in _MAY_BE_VOIDED:
		refuse(RuleViolation("box_is_gone", box=box, state=row.state))
	return row if row.made_on else None


def void(box: str, label_ref: str, reason: str, *, is_taken_back: bool) -> None:
	"""Number and label are no more the box's; the file stays with it."""
	row = label_to_void(box, reason)
	if row is None or row.label_ref != label_ref:
		return
	held = list(box_store.hold_boxes([box]).values())
	saying = sayings.label_voided if is_taken_back else sayings.label_thrown_away
	change.change_state(
		held,
		row.state,
		note=said.keep(saying, courier=row.courier, tracking_no=row.tracking_no),
		reason=said.typed(reason),
		tracking_no=None,
		tracking_url=None,
		label=None,
		label_ref=None,
		label_made_on=None,
		label_asked_on=None,
		label_turn=row.turn + 1,
	)


def _filed(box: str, made: Label) -> str:
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{box}-{made.tracking_no}.{made.kind.lower()}".replace("/", "-"),
			"attached_to_doctype": "Order Box",
			"attached_to_name": box,
			"attached_to_field": "label",
			"is_private": 1,
			"content": made.content,
		}
	)
	# Nobody may write on a box by hand; who asks for its label was checked.
	file.insert(ignore_permissions=True)
	return file.file_url


def _problems(row: LabelledBox, ask: LabelAsk | None):
	if row.state != box_states.CLOSED:
		yield RuleViolation("label_of_closed_box", box=row.name, state=row.state)
		return
	if not row.courier:
		yield RuleViolation("box_without_courier", box=row.name)
		return
	courier = frappe.get_cached_doc("Courier", row.courier)
	if not courier.enabled:
		yield RuleViolation("courier_is_off", courier=row.courier)
	if not accounts.port_of(row.courier).can_label:
		yield RuleViolation("courier_makes_no_labels", courier=row.courier)
	if row.tracking_no:
		yield RuleViolation("box_has_a_number", box=row.name, number=row.tracking_no)
	if row.asked_on and now_datetime() - row.asked_on < BUSY_FOR:
		yield RuleViolation("label_is_asked_for", box=row.name)
	yield from _lacking(row, ask)
	yield from _not_carried(row, ask, courier)


def _lacking(row: LabelledBox, ask: LabelAsk | None):
	if row.kg <= 0:
		yield RuleViolation("box_without_weight", box=row.name)
	if not row.ship_to:
		yield RuleViolation("box_without_address", box=row.name)
	elif ask is None:
		yield RuleViolation("warehouse_without_address", warehouse=row.warehouse)
	if ask and not ask.goods:
		yield RuleViolation("label_of_nothing", box=row.name)


def _not_carried(row: LabelledBox, ask: LabelAsk | None, courier):
	against = freight.why_not_carried(
		has_cod=row.cod_amount > 0,
		has_dangerous=any(it.un_number for it in ask.goods) if ask else False,
		takes_cod=bool(courier.takes_cod),
		takes_dangerous=bool(courier.takes_dangerous),
	)
	if against:
		yield compare_rates.not_carried(against, row.courier)
