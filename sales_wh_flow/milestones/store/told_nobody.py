"""What failed because nobody had an address, or was kept in Shadow, and happens again when it can be told."""

from collections.abc import Iterable

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk
from sales_wh_flow.milestones.store.queue import WAITING, NewMessage

_UNTOLD = "(state = 'Failed' and coalesce(receiver, '') = '' or state = 'Would Have Gone Out')"


def wait_after_all(messages: Iterable[NewMessage]) -> int:
	"""Of these messages, those that were told nobody before wait as they would now. Returns how many.

	One statement, and one for each that waits again.
	"""
	by_key = {it.unique_key: it for it in messages if it.state == WAITING and it.receiver}
	if not by_key:
		return 0
	untold = frappe.db.sql(
		f"select name, unique_key from `tabOrder Message` where unique_key in %s and {_UNTOLD} order by name",
		(tuple(by_key),),
	)
	return sum(_wait(name, by_key[key]) for name, key in untold)


def _wait(name: str, it: NewMessage) -> int:
	"""Unless somebody has sent it again meanwhile."""
	stamp = now()
	frappe.db.sql(
		f"""update `tabOrder Message` set state = %s, why = null, attempts = 0, receiver = %s, rule = %s,
			audience = %s, language = %s, digest = %s, facts = %s, happened_on = %s, next_try = %s,
			modified = %s
		where name = %s and {_UNTOLD}""",
		(
			*(it.state, it.receiver, it.rule, it.audience, it.language or None, int(it.digest), it.facts),
			*(stamp, it.next_try, stamp, name),
		),
	)
	return bulk.changed_rows()
