"""Messages and links of orders that were deleted before those let go of their numbers."""

import frappe
from frappe.utils import now

_OF_A_DELETED = """left join `tabSales Order` so on so.name = it.sales_order
	{change} where it.sales_order is not null and (so.name is null or so.creation > it.creation)"""


def let_go_of_deleted() -> None:
	"""Two statements. An order that is older than what names it is the one that is meant."""
	messages = _OF_A_DELETED.format(
		change="""set it.deleted_order = it.sales_order, it.sales_order = null,
			it.unique_key = concat('deleted-', it.name),
			it.state = if(it.state = 'Waiting', 'Not Needed', it.state)"""
	)
	frappe.db.sql(f"update `tabOrder Message` it {messages}")
	links = _OF_A_DELETED.format(
		change="set it.sales_order = null, it.revoked_on = coalesce(it.revoked_on, %s)"
	)
	frappe.db.sql(f"update `tabCustomer Page Link` it {links}", now())
