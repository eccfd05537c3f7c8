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


def drives(drivers: Collection[str], handover: str, delivery_note: str) -> bool:
	"""Whether one of the drivers takes what is in the hand-over, or on the note by a Delivery Trip."""
	if not drivers:
		return False
	return bool(
		frappe.db.sql(
			"""select 1 from `tabCourier Handover` where name = %(handover)s and driver in %(drivers)s
			union all
			select 1 from `tabDelivery Stop` stop join `tabDelivery Trip` trip on trip.name = stop.parent
			where stop.delivery_note = %(note)s and %(note)s <> '' and trip.driver in %(drivers)s
				and trip.docstatus < 2
			limit 1""",
			{"handover": handover, "note": delivery_note, "drivers": tuple(drivers)},
		)
	)
