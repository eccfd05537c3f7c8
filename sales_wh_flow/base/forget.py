"""What a cache has of the database is forgotten when the database changes."""

from collections.abc import Sequence

import frappe


def forget_keys(keys: str | Sequence[str]) -> None:
	"""Throw these keys out of the cache: now, for whoever goes on in this transaction, and when it has ended,
	as somebody may have put what was true before back in meanwhile.
	"""

	def drop() -> None:
		frappe.cache.delete_value(keys)

	drop()
	frappe.db.after_commit.add(drop)
	frappe.db.after_rollback.add(drop)
