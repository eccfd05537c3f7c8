"""Rows of boxes, locked by name, and their contents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk

PLAIN_FIELDS = frozenset(
	{
		*(
			"box_type",
			"parent_box",
			"ship_to",
			"ship_to_text",
			"sscc",
			"expected_kg",
			"weighed_kg",
			"length_cm",
			"width_cm",
			"height_cm",
		),
		*(
			"photo",
			"courier",
			"courier_service",
			"freight",
			"label",
			"label_ref",
			"label_made_on",
			"label_asked_on",
			"label_turn",
			"cod_amount",
			"tracking_no",
			"tracking_url",
		),
		*(
			"delivery_note",
			"sales_invoice",
			"handover",
			"closed_on",
			"closed_by",
			"handed_over_on",
			"delivered_on",
			"expected_on",
		),
	}
)
"""What is written on a box beside its state."""

_COLUMNS = (
	*("name", "state", "company", "warehouse", "customer", "ship_to", "parent_box", "courier"),
	*("tracking_no", "delivery_note", "handover", "sales_invoice", "label_made_on"),
	"label_asked_on",
)


@dataclass(frozen=True, slots=True)
class BoxRow:
	"""A box as this transaction holds it; what is empty is None."""

	name: str
	state: str
	company: str
	warehouse: str
	customer: str | None
	ship_to: str | None
	parent_box: str | None
	courier: str | None
	tracking_no: str | None
	delivery_note: str | None
	handover: str | None
	sales_invoice: str | None = None
	label_made_on: datetime | None = None
	label_asked_on: datetime | None = None

	@property
	def document(self) -> str | None:
		"""What it leaves with, or has left with: a Delivery Note, or an invoice that moves stock."""
		return self.delivery_note or self.sales_invoice or None


def hold_boxes(names: Iterable[str]) -> dict[str, BoxRow]:
	"""Lock these boxes, in the order of their names, and return those that are there as last committed.

	After orders and Bins, before series: see ``base.hold_rows``. One statement, none for no name.
	"""
	wanted = sorted({*names} - {""})
	if not wanted:
		return {}
	rows = frappe.db.sql(
		f"""select {", ".join(_COLUMNS)} from `tabOrder Box` force index (primary)
		where name in %s order by name for update""",
		(tuple(wanted),),
	)
	return {row[0]: BoxRow(*row) for row in rows}


def set_on_boxes(names: Iterable[str], values: Mapping[str, object]) -> None:
	"""Write the same values on boxes that are held. One statement."""
	for field in values:
		if field != "state" and field not in PLAIN_FIELDS:
			raise ValueError(f"{field} is not written on a box beside its state")
	sets = "".join(f", `{field}` = %s" for field in values)
	held = tuple(sorted(names))
	frappe.db.sql(
		f"""update `tabOrder Box` force index (primary)
		set modified = %s, modified_by = %s{sets} where name in %s""",
		(now(), frappe.session.user, *values.values(), held),
	)
	bulk.forget_cached("Order Box", held)


def states_before(names: Iterable[str], state: str) -> dict[str, str]:
	"""{box: the last state it had before this one}, of boxes that are held; one statement, none for none."""
	wanted = tuple(sorted(names))
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select box, state from `tabBox Event` where box in %s and state <> %s
		order by recorded_on, creation lock in share mode""",
		(wanted, state),
	)
	return dict(rows)


def add_events(events: Iterable[Mapping[str, object]]) -> None:
	"""Write Box Events; keys: its fields. One statement, none for none."""
	events = list(events)
	if not events:
		return
	fields = (
		*(
			"box",
			"state",
			"courier_state",
			"reason_group",
			"reason",
			"delay_of",
			"happened_on",
			"recorded_on",
		),
		*("actor", "device", "place", "courier_event", "note"),
	)
	stamp, user = now(), frappe.session.user
	names = bulk.new_names(len(events))
	bulk.insert(
		"Box Event",
		("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", *fields),
		[
			(name, user, stamp, stamp, user, 0, 0, *(event.get(field) for field in fields))
			for name, event in zip(names, events, strict=True)
		],
	)
