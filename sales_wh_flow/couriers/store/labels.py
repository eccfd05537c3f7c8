"""Labels that couriers were asked for: one row a key, from the question to what became of the label.

Whoever writes a label's row holds its box first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import now, now_datetime

from sales_wh_flow.base import bulk

ASKED, ON_BOX, TO_GIVE_BACK = "Asked", "On Box", "To Give Back"
GIVEN_BACK, NOT_TAKEN_BACK, REFUSED, UNKNOWN = "Given Back", "Not Taken Back", "Refused", "Unknown"

IN_DOUBT = (ASKED, UNKNOWN)
"""There may be a label, and nobody knows its number."""

_ENDED = (ON_BOX, GIVEN_BACK, NOT_TAKEN_BACK, REFUSED)
"""What was told to the courier, with addresses, is needed no more."""


@dataclass(frozen=True, slots=True)
class KeptLabel:
	"""A label's row, held. ``ask``: what the courier was told, as JSON; "" once it is answered."""

	name: str
	box: str
	courier: str
	state: str
	ask_key: str
	tracking_no: str
	label_ref: str
	tries: int
	ask: str
	reason: str


_COLUMNS = """name, box, courier, state, ask_key, coalesce(tracking_no, ''), coalesce(label_ref, ''), tries,
	coalesce(ask, ''), coalesce(reason, '')"""


def ask_for(key: str, box: str, courier: str, currency: str, ask: str) -> None:
	"""A courier is asked; asked again with the same key it is the same row. One statement."""
	stamp, user = now(), frappe.session.user
	(name,) = bulk.new_names(1)
	frappe.db.sql(
		"""insert into `tabCourier Label` (name, owner, creation, modified, modified_by, docstatus, idx, box,
			courier, currency, state, ask_key, asked_on, asked_by, tries, ask)
		values (%s, %s, %s, %s, %s, 0, 0, %s, %s, %s, %s, %s, %s, %s, 1, %s)
		on duplicate key update state = values(state), asked_on = values(asked_on), ask = values(ask),
			asked_by = values(asked_by), tries = tries + 1, ended_on = null, reason = null,
			modified = values(modified)""",
		(name, user, stamp, stamp, user, box, courier, currency, ASKED, key, stamp, user, ask),
	)


def hold_label(key: str) -> KeptLabel | None:
	"""The label with this key, locked, as last committed."""
	rows = frappe.db.sql(f"select {_COLUMNS} from `tabCourier Label` where ask_key = %s for update", key)
	return KeptLabel(*rows[0]) if rows else None


def hold_label_on(box: str, label_ref: str) -> KeptLabel | None:
	"""The label that stands on a box, locked."""
	rows = frappe.db.sql(
		f"""select {_COLUMNS} from `tabCourier Label` where box = %s and label_ref = %s and state in %s
		order by asked_on desc limit 1 for update""",
		(box, label_ref, (ON_BOX, TO_GIVE_BACK)),
	)
	return KeptLabel(*rows[0]) if rows else None


def in_doubt(box: str) -> list[KeptLabel]:
	"""What was asked for a box and never answered, locked."""
	rows = frappe.db.sql(
		f"select {_COLUMNS} from `tabCourier Label` where box = %s and state in %s order by name for update",
		(box, IN_DOUBT),
	)
	return [KeptLabel(*row) for row in rows]


def box_with_number(courier: str, tracking_no: str, but: str) -> str | None:
	"""Another box that carries a label with this number of this courier; a locking read."""
	rows = frappe.db.sql(
		"""select name from `tabOrder Box` where tracking_no = %s and courier = %s and name <> %s
			and label_made_on is not null and state <> 'Cancelled' limit 1 lock in share mode""",
		(tracking_no, courier, but),
	)
	return rows[0][0] if rows else None


def set_label(names: Iterable[str], state: str, **fields: object) -> None:
	"""What became of labels that are held; one statement, none for none."""
	wanted = tuple(names)
	if not wanted:
		return
	values: dict[str, object] = {"state": state, "modified": now(), "modified_by": frappe.session.user}
	if state in _ENDED:
		values |= {"ended_on": now_datetime(), "ask": None}
	values |= fields
	marks = ", ".join(f"`{field}` = %s" for field in values)
	frappe.db.sql(
		f"update `tabCourier Label` force index (primary) set {marks} where name in %s",
		(*values.values(), wanted),
	)
	bulk.forget_cached("Courier Label", wanted)


def unsettled(before: datetime, most_tries: int, limit: int) -> list[KeptLabel]:
	"""What was asked, or is to be given back, since before then, those tried least first; a plain read."""
	rows = frappe.db.sql(
		f"""select {_COLUMNS} from `tabCourier Label` where state in %s and modified < %s and tries < %s
		order by tries, modified limit %s""",
		((ASKED, TO_GIVE_BACK), before, most_tries, limit),
	)
	return [KeptLabel(*row) for row in rows]


def write_down_earlier() -> None:
	"""A row for each label that stands on a box and has none. One statement."""
	stamp = now()
	frappe.db.sql(
		"""insert into `tabCourier Label` (name, owner, creation, modified, modified_by, docstatus, idx, box,
			courier, state, ask_key, tracking_no, label_ref, freight, asked_on, ended_on, tries)
		select concat('of-', box.name), 'Administrator', %s, %s, 'Administrator', 0, 0, box.name, box.courier,
			%s, concat(box.name, '-', box.label_ref), box.tracking_no, box.label_ref,
			coalesce(box.freight, 0), box.label_made_on, box.label_made_on, 1
		from `tabOrder Box` box
		where box.label_made_on is not null and coalesce(box.courier, '') <> '' and not exists (
			select 1 from `tabCourier Label` known where known.box = box.name
				and known.label_ref = box.label_ref)""",
		(stamp, stamp, ON_BOX),
	)
