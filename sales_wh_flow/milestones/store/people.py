"""Who is told of an order, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe


@dataclass(frozen=True, slots=True)
class ToldOrder:
	"""What decides whom an order's milestones are told. ``has_opted_out``: the customer, of the milestone; or
	has not agreed, where that is asked for.
	"""

	name: str
	company: str
	customer: str
	customer_group: str
	customer_email: str
	language: str
	seller: str
	has_opted_out: bool


def orders_to_tell(orders: Iterable[str], milestone: str, needs_consent: bool = False) -> list[ToldOrder]:
	"""By name; one statement, none for none."""
	names = tuple(sorted(set(orders)))
	if not names:
		return []
	wished = """select 1 from `tabMessage Opt Out` wish where wish.customer = so.customer
		and coalesce(wish.milestone, '') in ('', %(milestone)s)
		and coalesce(wish.sales_order, '') in ('', so.name)"""
	rows = frappe.db.sql(
		f"""select so.name, so.company, so.customer, coalesce(customer.customer_group, ''),
			coalesce(nullif(contact.email_id, ''), nullif(so.contact_email, ''),
				nullif(customer.email_id, ''), nullif(billed.email_id, ''), nullif(main.email_id, ''), ''),
			coalesce(nullif(customer.language, ''), nullif(so.language, ''), ''),
			coalesce(user.name, ''),
			exists ({wished} and wish.agrees = 0)
				or %(needs_consent)s and not exists ({wished} and wish.agrees = 1)
		from `tabSales Order` so
		join `tabCustomer` customer on customer.name = so.customer
		left join `tabContact` contact on contact.name = so.contact_person
		left join `tabAddress` billed on billed.name = so.customer_address
		left join `tabAddress` main on main.name = customer.customer_primary_address
		left join `tabUser` user on user.name = so.owner and user.enabled = 1
			and user.user_type = 'System User'
		where so.name in %(names)s order by so.name""",
		{"milestone": milestone, "names": names, "needs_consent": int(needs_consent)},
	)
	return [ToldOrder(*(*row[:7], bool(row[7]))) for row in rows]


def wishes_about(order: str) -> list[dict]:
	"""What is said of all messages about an order: {"name", "agrees", "is_own": said on the order's page}."""
	return frappe.db.sql(
		"""select wish.name, wish.agrees,
			wish.asked_on_page = 1 and coalesce(wish.sales_order, '') = so.name is_own
		from `tabSales Order` so join `tabMessage Opt Out` wish on wish.customer = so.customer
			and coalesce(wish.milestone, '') = '' and coalesce(wish.sales_order, '') in ('', so.name)
		where so.name = %s order by wish.name""",
		order,
		as_dict=True,
	)


def drop_wishes(order: str) -> None:
	"""What was asked about an order goes with it; one statement."""
	frappe.db.sql("delete from `tabMessage Opt Out` where sales_order = %s", order)


def users_of_warehouses(role: str, order: str) -> list[str]:
	"""Enabled users with the role who may see a warehouse of the order's lines; those who are permitted no
	warehouse by name see all.
	"""
	return _users(
		role,
		order,
		"""(not exists (select 1 from `tabUser Permission` own where own.user = user.name
			and own.allow = 'Warehouse')
		or exists (select 1 from `tabUser Permission` own
			join `tabWarehouse` above on above.name = own.for_value
			join `tabWarehouse` place on place.lft >= above.lft and place.rgt <= above.rgt
			join `tabSales Order Item` soi on soi.warehouse = place.name and soi.parent = so.name
			where own.user = user.name and own.allow = 'Warehouse'))""",
	)


def users_of_company(role: str, order: str) -> list[str]:
	"""Enabled users with the role who may see the order's company."""
	return _users(role, order, "1 = 1")


def _users(role: str, order: str, may_see: str) -> list[str]:
	rows = frappe.db.sql(
		f"""select distinct user.name from `tabSales Order` so
		join `tabHas Role` has on has.role = %s and has.parenttype = 'User'
		join `tabUser` user on user.name = has.parent and user.enabled = 1
			and user.name not in ('Administrator', 'Guest')
		where so.name = %s and {may_see}
			and (not exists (select 1 from `tabUser Permission` own where {_OF_COMPANY})
			or exists (select 1 from `tabUser Permission` own
				join `tabCompany` above on above.name = own.for_value
				join `tabCompany` mine on mine.name = so.company and (mine.name = above.name
					or own.hide_descendants = 0 and mine.lft >= above.lft and mine.rgt <= above.rgt)
				where {_OF_COMPANY}))
		order by user.name""",
		(role, order),
	)
	return [row[0] for row in rows]


_OF_COMPANY = """own.user = user.name and own.allow = 'Company'
				and coalesce(own.applicable_for, '') in ('', 'Sales Order')"""
"""What says of which companies, with all that lie in them, a user sees orders."""


def boxes_sent_with(delivery_note: str) -> dict[str, dict]:
	"""{box that a note sends: its courier, tracking_no and tracking_link, or those of its pallet}"""
	rows = frappe.db.sql(
		"""select box.name, coalesce(nullif(box.courier, ''), pallet.courier, '') courier,
			coalesce(nullif(box.tracking_no, ''), pallet.tracking_no, '') tracking_no,
			coalesce(nullif(if(box.tracking_no <> '', box.tracking_url, pallet.tracking_url), ''), '')
				tracking_link
		from `tabOrder Box` box left join `tabOrder Box` pallet on pallet.name = box.parent_box
		where box.delivery_note = %s and box.state <> 'Cancelled' order by box.name""",
		delivery_note,
		as_dict=True,
	)
	return {row.pop("name"): row for row in rows}


def orders_in_boxes(boxes: Iterable[str]) -> dict[str, set[str]]:
	"""{box: its orders}"""
	names = tuple(sorted(set(boxes)))
	found: dict[str, set[str]] = {}
	if names:
		rows = frappe.db.sql(
			"""select distinct parent, sales_order from `tabOrder Box Item`
			where parent in %s and parenttype = 'Order Box'""",
			(names,),
		)
		for box, order in rows:
			found.setdefault(box, set()).add(order)
	return found
