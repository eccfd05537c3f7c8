"""What a Delivery Trip is made of."""

import frappe

from sales_wh_flow.delivery.rules.stops import TripStop


def notes_of_handover(handover: str) -> list[TripStop]:
	"""The notes of a hand-over with their boxes; one statement."""
	rows = frappe.db.sql(
		"""select note.name, note.customer, coalesce(nullif(max(box.ship_to), ''), note.shipping_address_name,
				note.customer_address, ''), note.base_grand_total,
			group_concat(box.name order by box.name separator ',')
		from `tabOrder Box` box join `tabDelivery Note` note on note.name = box.delivery_note
		where box.handover = %s and note.docstatus = 1 group by note.name""",
		handover,
	)
	return [
		TripStop(note, customer, address, float(total or 0), tuple(boxes.split(",")))
		for note, customer, address, total, boxes in rows
	]
