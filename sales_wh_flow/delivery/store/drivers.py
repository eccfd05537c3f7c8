"""Which drivers a user is, and what they drive."""

from collections.abc import Collection

import frappe


def drivers_of(user: str) -> tuple[str, ...]:
	"""The Drivers that are this user: named so, or by their Employee; one statement."""
	rows = frappe.db.sql(
		"""select driver.name from `tabDriver` driver
		left join `tabEmployee` employee on employee.name = driver.employee
		where driver.swf_user = %(user)s or employee.user_id = %(user)s order by driver.name""",
		{"user": user},
	)
	return tuple(row[0] for row in rows)


ANSWERING = """`tabDriver` driver left join `tabEmployee` employee on employee.name = driver.employee
	join `tabUser` user on user.name in (driver.swf_user, employee.user_id) and user.enabled = 1
		and exists (select 1 from `tabHas Role` role where role.parent = user.name
			and role.parenttype = 'User' and role.role in ('Delivery User', 'Stock User', 'Stock Manager'))"""
"""Of each Driver ``driver`` the ``user`` who may say what became of what he drives."""


def who_answer(handover: str, delivery_note: str) -> set[str]:
	"""The users who drive what is in the hand-over, or on the note by a Delivery Trip that counts, and may
	say what became of it; one statement.
	"""
	rows = frappe.db.sql(
		f"""select user.name from {ANSWERING} where driver.name in (
			select driver from `tabCourier Handover` where name = %(handover)s
			union all
			select trip.driver from `tabDelivery Stop` stop
			join `tabDelivery Trip` trip on trip.name = stop.parent
			where stop.delivery_note = %(note)s and %(note)s <> '' and {COUNTS})""",
		{"handover": handover, "note": delivery_note},
	)
	return {row[0] for row in rows}


PLANNERS = ("Stock User", "Stock Manager", "Fulfillment User", "Delivery Manager", "System Manager")
"""Who gives a note to a driver by a Delivery Trip. ERPNext lets each Delivery User make and submit trips, his
own among them.
"""

COUNTS = f"""trip.docstatus = 1 and (trip.owner = 'Administrator' or exists (
	select 1 from `tabHas Role` planner where planner.parent = trip.owner and planner.parenttype = 'User'
		and planner.role in {PLANNERS}))"""
"""Of a Delivery Trip ``trip``: it is under way, and was made by somebody who plans trips."""


def drives(drivers: Collection[str], handover: str, delivery_note: str) -> bool:
	"""Whether one of the drivers takes what is in the hand-over, or on the note by a Delivery Trip that
	counts.
	"""
	if not drivers:
		return False
	return bool(
		frappe.db.sql(
			f"""select 1 from `tabCourier Handover` where name = %(handover)s and driver in %(drivers)s
			union all
			select 1 from `tabDelivery Stop` stop join `tabDelivery Trip` trip on trip.name = stop.parent
			where stop.delivery_note = %(note)s and %(note)s <> '' and trip.driver in %(drivers)s
				and {COUNTS}
			limit 1""",
			{"handover": handover, "note": delivery_note, "drivers": tuple(drivers)},
		)
	)


def is_planned(trip: str) -> bool:
	"""Whether somebody who plans trips made it."""
	owner = frappe.db.get_value("Delivery Trip", trip, "owner")
	return owner == "Administrator" or not {*PLANNERS}.isdisjoint(frappe.get_roles(owner))
