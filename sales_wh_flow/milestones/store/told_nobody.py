"""What failed because nobody had an address, and happens again when there is one."""

from collections.abc import Iterable

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk
from sales_wh_flow.milestones.store.queue import WAITING, NewMessage


def wait_with_address(messages: Iterable[NewMessage]) -> int:
	"""Of these messages, those that stand there as failed wait as they would now. Returns how many.

	One statement, and one for each that waits again.
	"""
	by_key = {it.unique_key: it for it in messages if it.state == WAITING and it.receiver}
	if not by_key:
		return 0
	failed = frappe.db.sql(
		"""select name, unique_key from `tabOrder Message`
		where unique_key in %s and state = 'Failed' and coalesce(receiver, '') = '' order by name""",
		(tuple(by_key),),
	)
	return sum(_wait(name, by_key[key]) for name, key in failed)


def _wait(name: str, it: NewMessage) -> int:
	"""Unless somebody has sent it again meanwhile."""
	stamp = now()
	frappe.db.sql(
		"""update `tabOrder Message` set state = %s, why = null, attempts = 0, receiver = %s, rule = %s,
			language = %s, digest = %s, facts = %s, happened_on = %s, next_try = %s, modified = %s
		where name = %s and state = 'Failed' and coalesce(receiver, '') = ''""",
		(
			*(it.state, it.receiver, it.rule, it.language or None, int(it.digest), it.facts),
			*(stamp, it.next_try, stamp, name),
		),
	)
	return bulk.changed_rows()
