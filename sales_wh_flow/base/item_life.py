"""Items that ERPNext lets nobody sell any more: disabled, or past their end of life."""

import frappe
from frappe.utils import today


def ended_sql(item: str) -> str:
	"""SQL that is 1 for such an item and 0 for any other, as of today; ``item`` is an alias of Item."""
	day = frappe.db.escape(today())
	return f"({item}.disabled = 1 or coalesce({item}.end_of_life between '1900-01-02' and {day}, 0))"
