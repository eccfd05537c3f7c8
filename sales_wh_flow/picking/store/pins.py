"""Phone PINs: whose, how often one was wrong since it was right, and whether it is locked. The PIN itself is
a salted hash in Frappe's own table of passwords.
"""

from collections.abc import Collection
from dataclasses import dataclass

import frappe
from frappe.utils import cint, now
from frappe.utils.password import check_password, update_password

from sales_wh_flow.picking.rules.pins import MOST_FAILURES

_DOCTYPE, _FIELD = "Phone PIN", "pin"


@dataclass(frozen=True, slots=True)
class HeldPin:
	"""Somebody's PIN, whose row is locked: of several guesses at once one is judged after the other."""

	user: str
	is_locked: bool


def hold_pin(user: str) -> HeldPin | None:
	"""Lock and return the PIN of a user; None for who has none."""
	rows = frappe.db.sql("select name, is_locked from `tabPhone PIN` where name = %s for update", user)
	return HeldPin(rows[0][0], bool(cint(rows[0][1]))) if rows else None


def is_pin_of(user: str, pin: str) -> bool:
	"""Whether it is the user's PIN."""
	try:
		check_password(user, pin, _DOCTYPE, _FIELD, delete_tracker_cache=False)
	except frappe.AuthenticationError:
		return False
	return True


def note_failure(user: str) -> None:
	"""One more that was wrong; at MOST_FAILURES the PIN is locked. The row is held."""
	frappe.db.sql(
		"""update `tabPhone PIN` set failures = failures + 1, is_locked = failures >= %s, modified = %s
		where name = %s""",
		(MOST_FAILURES, now(), user),
	)


def note_success(user: str) -> None:
	"""It was right: those before do not count any more. The row is held."""
	frappe.db.sql("update `tabPhone PIN` set failures = 0, used_on = %s where name = %s", (now(), user))


def set_pin(user: str, pin: str) -> None:
	"""A new PIN, which is not locked."""
	stamp = now()
	frappe.db.sql(
		"""insert into `tabPhone PIN` (name, owner, creation, modified, modified_by, docstatus, idx, user,
			failures, is_locked, set_on)
		values (%(user)s, %(user)s, %(now)s, %(now)s, %(user)s, 0, 0, %(user)s, 0, 0, %(now)s)
		on duplicate key update failures = 0, is_locked = 0, set_on = %(now)s, modified = %(now)s""",
		{"user": user, "now": stamp},
	)
	update_password(user, pin, _DOCTYPE, _FIELD)


def with_pin() -> Collection[tuple[str, str]]:
	"""(user, full name) of enabled users of the desk with a PIN that is not locked; one statement."""
	return frappe.db.sql(
		"""select user.name, user.full_name from `tabPhone PIN` pin
		join `tabUser` user on user.name = pin.name
		where pin.is_locked = 0 and user.enabled = 1 and user.user_type = 'System User'
		order by user.full_name, user.name limit 200"""
	)
