"""A courier makes the label of a box, or takes it back. Nothing is held while it is asked: what it answers is
written on the box only where the box is still what the courier was told.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import compat, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.couriers import accounts, compare_rates, permissions, sayings, take_event
from sales_wh_flow.couriers.port import CourierIsSilent, CourierSaysNo
from sales_wh_flow.couriers.rules import freight
from sales_wh_flow.couriers.rules.label_message import PDF
from sales_wh_flow.couriers.rules.labels import Label, LabelAsk, ask_as_text
from sales_wh_flow.couriers.store import label_facts, labels, shipped
from sales_wh_flow.couriers.store.label_facts import LabelledBox
from sales_wh_flow.couriers.store.labels import KeptLabel
from sales_wh_flow.dispatch.rules import courier as courier_rules
from sales_wh_flow.packing import change_state as change
from sales_wh_flow.packing import held
from sales_wh_flow.packing.at_the_door import asked_for_box
from sales_wh_flow.packing.rules import states as box_states
from sales_wh_flow.packing.store import boxes as box_store


@dataclass(frozen=True, slots=True)
class Begun:
	"""A label that is being asked for; ``ask`` is None where the box has its label already, or there may be
	one that the courier made without telling (``is_in_doubt``).
	"""

	box: str
	courier: str
	ask: LabelAsk | None = None
	is_in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class LabelKept:
	"""``other``: the box that carries this label already."""

	is_on_box: bool
	other: str = ""


def begin_label(box: str, *, is_sure: bool = False) -> Begun:
	"""The box is looked at, and says that its label is being asked for; the question is written down.

	``is_sure``: there is no label that a courier made without telling. Raises: ValidationError saying why it
	can't have one.
	"""
	row = label_facts.hold_labelled(box)
	if row is None:
		raise frappe.DoesNotExistError
	permissions.check_places([row])
	if row.made_on:
		return Begun(box, row.courier)
	row = _with_what_is_owed(row)
	refuse(_problems(row, ask_of(row)))
	if not accounts.port_of(row.courier).knows_keys and (doubtful := labels.in_doubt(box)):
		if not is_sure:
			return Begun(box, row.courier, is_in_doubt=True)
		row = _asked_anew(row, [it.name for it in doubtful])
	ask = ask_of(row)
	assert ask  # else it was refused
	box_store.set_on_boxes([box], {"label_asked_on": now_datetime()})
	labels.ask_for(ask.key, box, row.courier, ask.currency, ask_as_text(ask))
	return Begun(box, row.courier, ask)


def _with_what_is_owed(row: LabelledBox) -> LabelledBox:
	"""What was paid since the box was closed is collected by no courier."""
	if not is_positive(row.cod_amount):
		return row
	owed = asked_for_box(row.name, held.orders_in_box(row.name))
	if owed is None or not is_less(owed, row.cod_amount):
		return row
	box_store.set_on_boxes([row.name], {"cod_amount": owed})
	return replace(row, cod_amount=owed)


def _asked_anew(row: LabelledBox, doubtful: Sequence[str]) -> LabelledBox:
	"""Nobody waits for an earlier answer any more; the next question has a key of its own."""
	labels.set_label(doubtful, labels.REFUSED)
	box_store.set_on_boxes([row.name], {"label_turn": row.turn + 1})
	return replace(row, turn=row.turn + 1)


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
	"""The label. Nothing is held meanwhile. Raises: CourierSaysNo, CourierIsSilent."""
	assert begun.ask
	made = accounts.port_of(begun.courier).label(begun.ask)
	if made is None:
		raise CourierSaysNo("-")
	if made.kind == PDF and not compat.can_keep_pdf(made.content):
		raise CourierIsSilent(f"{begun.courier}: its PDF can't be read")
	return made


def let_go(begun: Begun, *, why_not: str | None = None) -> None:
	"""No label came: somebody may ask anew at once. ``why_not``: the courier's words, where it refused; else
	it did not answer, and may have made one.
	"""
	assert begun.ask
	if box_store.hold_boxes([begun.box]):
		box_store.set_on_boxes([begun.box], {"label_asked_on": None})
	kept = labels.hold_label(begun.ask.key)
	if kept and kept.state == labels.ASKED and why_not is not None:
		labels.set_label([kept.name], labels.REFUSED, reason=said.typed(why_not))


def keep_label(begun: Begun, made: Label) -> LabelKept:
	"""Number and label stand on the box, where it still is what the courier was told; else the label is to be
	given back, which is written down: the next one is asked for under another key. A label that another box
	carries is given back by nobody.
	"""
	assert begun.ask
	row, asked = label_facts.hold_labelled(begun.box), labels.hold_label(begun.ask.key)
	if row and row.made_on and row.tracking_no == made.tracking_no:
		return LabelKept(True)
	ref = made.ref or made.tracking_no
	told: dict = {"tracking_no": made.tracking_no, "label_ref": ref, "freight": made.freight or 0}
	names = [asked.name] if asked else []
	other = labels.box_with_number(begun.courier, made.tracking_no, begun.box)
	if row and not other and _is_as_told(row, begun):
		_write_on_box(begun, made, ref)
		labels.set_label(names, labels.ON_BOX, **told)
		return LabelKept(True)
	if row:
		again = {} if row.made_on else {"label_asked_on": None}
		box_store.set_on_boxes([begun.box], {"label_turn": row.turn + 1, **again})
	if other:
		labels.set_label(names, labels.REFUSED, tracking_no=made.tracking_no)
		return LabelKept(False, other)
	labels.set_label(names, labels.TO_GIVE_BACK, ask=None, tries=0, **told)
	return LabelKept(False)


def stray_of(begun: Begun) -> KeptLabel | None:
	"""The label that this question brought and that is on no box, to be given back."""
	assert begun.ask
	label_facts.hold_labelled(begun.box)
	kept = labels.hold_label(begun.ask.key)
	return kept if kept and kept.state == labels.TO_GIVE_BACK else None


def _is_as_told(row: LabelledBox, begun: Begun) -> bool:
	if row.made_on or row.tracking_no or row.state != box_states.CLOSED or row.courier != begun.courier:
		return False
	ask = ask_of(row)
	return bool(ask and begun.ask and ask.key == begun.ask.key)


def _write_on_box(begun: Begun, made: Label, ref: str) -> None:
	pattern = frappe.get_cached_value("Courier", begun.courier, "tracking_url")
	change.change_state(
		list(box_store.hold_boxes([begun.box]).values()),
		box_states.CLOSED,
		note=said.keep(sayings.label_made, courier=begun.courier, tracking_no=made.tracking_no),
		tracking_no=made.tracking_no,
		tracking_url=courier_rules.tracking_link(pattern, made.tracking_no),
		label=_filed(begun.box, made),
		label_ref=ref,
		label_made_on=now_datetime(),
		label_asked_on=None,
		**{"freight": made.freight} if made.freight is not None else {},
	)
	take_event.match_waiting(begun.courier, made.tracking_no)


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
	if held.is_label_moving(row.asked_on, row.made_on):
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
