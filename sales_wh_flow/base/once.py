"""One action of a device is done once, however often its call arrives.

A phone in a cold store loses answers, a thumb taps twice, a battery dies after the call and before the
answer. So the device makes a key for each action and sends it again until it has an answer; the key is kept
in the transaction of the action itself, and a second call gets the first one's answer.
"""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

import frappe
from frappe import _
from frappe.utils import add_to_date, now, now_datetime

from sales_wh_flow.base import bulk

KEPT_DAYS = 7
"""A device that has been away for longer asks anew, on what it sees then."""

Answer = TypeVar("Answer")

_KEY = re.compile(r"[0-9A-Za-z_-]{8,64}")


def done_once(key: str, action: str, work: Callable[[], Answer]) -> Answer:
	"""What ``work`` gave, now or when this key came first. ``action`` names what is done: a key is never
	good for another action, nor for the same with other values, nor for another user. What is no text,
	number or list in JSON, such as a day, is text in the answer of a second call.

	A second call waits until the first has ended; an action that was refused leaves no key behind, so it
	may be tried again with the same one.

	Raises: ValidationError for what is no key; PermissionError for a key of somebody or something else.
	"""
	if not _KEY.fullmatch(key or ""):
		frappe.throw(
			_(
				"The key of an action is 8 to 64 letters, digits, - or _, made by the device; {0} is not."
			).format(frappe.bold(frappe.utils.escape_html(str(key)[:80]))),
			title=_("No Key"),
		)
	told = f"{action[:120]} {_digest_of_values()}"
	if not _is_first(key, told):
		return _answer_of(key, {told, action})
	answer = work()
	frappe.db.sql(
		"update `tabDevice Action` set answer = %s where name = %s", (frappe.as_json(answer, indent=0), key)
	)
	return answer


def forget_old() -> int:
	"""Keys that no device sends any more are deleted. Returns how many."""
	frappe.db.sql(
		"delete from `tabDevice Action` where creation < %s limit 50000",
		(add_to_date(now_datetime(), days=-KEPT_DAYS),),
	)
	return bulk.changed_rows()


def _digest_of_values() -> str:
	"""Of what the request says: whoever sends an action again sends it as it was."""
	values = {name: value for name, value in frappe.form_dict.items() if name not in _NO_VALUES}
	return hashlib.sha256(frappe.as_json(values, indent=0).encode()).hexdigest()[:16]


_NO_VALUES = ("cmd", "csrf_token", "key")


def _is_first(key: str, action: str) -> bool:
	"""Waits for whoever has written the same key and has not ended yet."""
	stamp, user = now(), frappe.session.user
	frappe.db.sql(
		"""insert ignore into `tabDevice Action`
			(name, owner, creation, modified, modified_by, docstatus, idx, action)
		values (%s, %s, %s, %s, %s, 0, 0, %s)""",
		(key, user, stamp, stamp, user, action),
	)
	return bulk.changed_rows() == 1


def _answer_of(key: str, actions: set[str]) -> Any:
	# A locking read: the first call may have ended after this transaction began.
	rows = frappe.db.sql(
		"select owner, action, answer from `tabDevice Action` where name = %s for update", (key,)
	)
	for owner, known, answer in rows:
		# Those of before an update name the action alone.
		if owner == frappe.session.user and known in actions:
			return json.loads(answer or "null")
	frappe.throw(
		_("The key {0} belongs to another action. Reload the page and do it again.").format(frappe.bold(key)),
		frappe.PermissionError,
		title=_("Key of Another Action"),
	)
