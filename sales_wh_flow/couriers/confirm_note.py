"""All boxes of a note are with the customer, as their courier says: the note says when."""

import frappe

from sales_wh_flow.base import control_fields, hold_rows, retry
from sales_wh_flow.base import timeline as timeline_of
from sales_wh_flow.couriers import timeline
from sales_wh_flow.couriers.store import parcels
from sales_wh_flow.packing import come_back
from sales_wh_flow.packing.rules import states


def confirm_if_delivered(delivery_note: str) -> bool:
	"""Stamp the note with the moment of its last box, once. Returns whether it was stamped now.

	What refuses it (a gate that wants proofs, where a Shipment alone says so) stands in the note's timeline:
	somebody has to confirm it.
	"""
	if not parcels.delivered_notes([delivery_note]) or not frappe.db.exists("Delivery Note", delivery_note):
		return False
	note = hold_rows.held_document("Delivery Note", delivery_note)
	if not note.docstatus.is_submitted() or note.swf_delivered_on:
		return False
	boxes = parcels.boxes_of_note(delivery_note)
	partly = {box for box, state in boxes if state == states.PARTLY_ACCEPTED}
	if partly - come_back.accepted_in_the_end("Delivery Note", delivery_note, boxes):
		return False  # the rest is not back yet: its return confirms the note
	control_fields.put(note, swf_delivered_on=parcels.last_delivered_on(delivery_note))
	# A courier's word was proved by its signature; nobody's session stands behind it.
	note.flags.ignore_permissions = True
	frappe.db.savepoint("swf_confirm")
	try:
		note.save()
	except frappe.ValidationError as refusal:
		if retry.is_worth_retrying(refusal):
			raise
		frappe.db.rollback(save_point="swf_confirm")
		why = frappe.utils.strip_html(str(refusal))
		timeline_of.note(note, timeline.boxes_delivered_unconfirmed, why=why)
		return False
	return True
