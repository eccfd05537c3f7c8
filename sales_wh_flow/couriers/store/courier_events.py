"""What couriers said, as it came: one row an event, known again by the provider's own number.

Whoever writes an event of a parcel holds the parcel's boxes first; so rows are added before they are read
again, and nobody waits in a circle.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import add_to_date, now, now_datetime

from sales_wh_flow.base import bulk
from sales_wh_flow.couriers.rules.order_of_events import CourierWord

_WAITS_DAYS = 120
"""For a number that nobody has written on a box by then, nobody will."""


@dataclass(frozen=True, slots=True)
class KeptEvent:
	"""An event as it is stored; times in the site's time zone."""

	courier: str
	provider_id: str
	tracking_no: str
	box: str | None
	outcome: str
	state: str
	reason_group: str
	reason: str
	delay_of: str
	happened_on: datetime
	came_on: datetime
	place: str
	word: str
	note: str
	road: str
	signature_ok: bool
	body: str


_FIELDS = (
	*("courier", "provider_id", "tracking_no", "box", "outcome", "state", "reason_group", "reason"),
	*("delay_of", "happened_on", "came_on", "place", "word", "note", "road", "signature_ok", "body"),
)


def add_event(event: KeptEvent) -> str | None:
	"""Write an event down. Returns its name; None when the courier has told it before: waits for whoever
	tells the same one at the same moment.
	"""
	(name,) = bulk.new_names(1)
	stamp, user = now(), frappe.session.user
	columns = ", ".join(f"`{field}`" for field in _FIELDS)
	marks = ", ".join("%s" for _field in _FIELDS)
	frappe.db.sql(
		f"""insert ignore into `tabCourier Event`
			(name, owner, creation, modified, modified_by, docstatus, idx, {columns})
		values (%s, %s, %s, %s, %s, 0, 0, {marks})""",
		(name, user, stamp, stamp, user, *(getattr(event, field) for field in _FIELDS)),
	)
	return name if bulk.changed_rows() == 1 else None


def is_known(courier: str, provider_id: str) -> bool:
	"""Whether that was told before; a plain read, what decides is ``add_event``."""
	return bool(
		frappe.db.sql(
			"select 1 from `tabCourier Event` where courier = %s and provider_id = %s", (courier, provider_id)
		)
	)


def words_of(courier: str, tracking_no: str, since: datetime) -> list[CourierWord]:
	"""All that the courier said of a parcel since then; a locking read: others added theirs meanwhile."""
	rows = frappe.db.sql(
		"""select name, state, coalesce(reason, ''), happened_on from `tabCourier Event`
		where tracking_no = %s and courier = %s and happened_on >= %s and coalesce(state, '') <> ''
		order by name lock in share mode""",
		(tracking_no, courier, since),
	)
	return [CourierWord(*row) for row in rows]


def words_of_box(box: str) -> list[CourierWord]:
	"""All that was said of a box without a number; a locking read."""
	rows = frappe.db.sql(
		"""select name, state, coalesce(reason, ''), happened_on from `tabCourier Event`
		where box = %s and coalesce(state, '') <> '' order by name lock in share mode""",
		box,
	)
	return [CourierWord(*row) for row in rows]


def set_outcome(names: Iterable[str], outcome: str, box: str | None = None) -> None:
	"""What these made of their box, once it is known."""
	wanted = tuple(names)
	if wanted:
		frappe.db.sql(
			"""update `tabCourier Event` force index (primary)
			set outcome = %s, box = coalesce(%s, box) where name in %s""",
			(outcome, box, wanted),
		)


def unknown_events(courier: str, tracking_no: str, since: datetime) -> list[str]:
	"""Events of a parcel that nobody knew when they came."""
	rows = frappe.db.sql(
		"""select name from `tabCourier Event`
		where tracking_no = %s and courier = %s and happened_on >= %s and outcome = 'Unknown Number'
		order by name for update""",
		(tracking_no, courier, since),
	)
	return [row[0] for row in rows]


def numbers_found_since(limit: int) -> list[str]:
	"""Boxes whose number events wait for: it was being written while they came."""
	rows = frappe.db.sql(
		"""select distinct box.name
		from `tabCourier Event` event
		join `tabOrder Box` box on box.tracking_no = event.tracking_no and box.courier = event.courier
		where event.outcome = 'Unknown Number' and event.came_on > %s
			and box.state <> 'Cancelled' and event.happened_on >= box.creation - interval 1 day
		order by box.name limit %s""",
		(add_to_date(now_datetime(), days=-_WAITS_DAYS), limit),
	)
	return [row[0] for row in rows]


def told_of(tracking_no: str, courier: str, since: datetime) -> list[dict]:
	"""What a parcel's story is made of, in the order in which it happened."""
	return frappe.db.sql(
		"""select name, state, reason_group, reason, delay_of, happened_on, came_on, place, word, note, road,
			outcome
		from `tabCourier Event`
		where tracking_no = %s and courier = %s and happened_on >= %s
		order by happened_on, came_on, name""",
		(tracking_no, courier, since),
		as_dict=True,
	)
