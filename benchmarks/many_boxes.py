"""A site that has packed for years: boxes, their contents and events, written straight into their tables."""

import frappe

MARK = "SYN-"
EVENTS_EACH = 3
_KEPT = "now(), now(), 'Administrator', 'Administrator', 0"
_COLUMNS = "creation, modified, owner, modified_by, docstatus"


def load(count: int, company: str, warehouse: str, courier: str, customer: str) -> None:
	"""Nine of ten boxes are delivered, the others wait closed; one of fifty is the customer's. Committed."""
	remove()
	place = {"company": company, "warehouse": warehouse, "courier": courier, "customer": customer}
	frappe.db.sql(
		f"""insert into `tabOrder Box` (name, {_COLUMNS}, state, company, warehouse, courier, customer,
			tracking_no, sscc, delivery_note, handover)
		select concat('{MARK}', lpad(seq, 6, '0')), {_KEPT}, if(seq mod 10, 'Delivered', 'Closed'),
			%(company)s,
			%(warehouse)s, %(courier)s, if(seq mod 50, concat('{MARK}C', seq mod 997), %(customer)s),
			concat('{MARK}T', seq), concat('9', lpad(seq, 17, '0')),
			if(seq mod 10, concat('{MARK}DN', seq), null),
			if(seq mod 10, concat('{MARK}HO', seq div 50), null)
		from seq_1_to_{int(count)}""",
		place,
	)
	frappe.db.sql(
		f"""insert into `tabOrder Box Item` (name, {_COLUMNS}, parent, parenttype, parentfield, idx,
			sales_order, sales_order_item, item_code, qty_stock, pick_list, pick_list_item)
		select concat('{MARK}', seq), {_KEPT}, concat('{MARK}', lpad(seq, 6, '0')), 'Order Box',
			'contents', 1,
			concat('{MARK}SO', seq), concat('{MARK}L', seq), concat('{MARK}I', seq mod 500), 1,
			concat('{MARK}P', seq div 5), concat('{MARK}R', seq)
		from seq_1_to_{int(count)}"""
	)
	frappe.db.sql(
		f"""insert into `tabBox Event` (name, {_COLUMNS}, box, state, happened_on, recorded_on)
		select concat('{MARK}', seq), {_KEPT}, concat('{MARK}', lpad(seq div {EVENTS_EACH} + 1, 6, '0')),
			'Closed', now(), now()
		from seq_1_to_{int(count) * EVENTS_EACH}"""
	)
	_look_anew()


def remove() -> None:
	"""Committed."""
	for doctype in ("Order Box", "Order Box Item", "Box Event"):
		frappe.db.sql(f"delete from `tab{doctype}` where name like '{MARK}%%'")
	_look_anew()


def _look_anew() -> None:
	"""The database plans by how many rows there are now."""
	frappe.db.commit()
	frappe.db.sql("analyze table `tabOrder Box`, `tabOrder Box Item`, `tabBox Event`")
	frappe.db.commit()
