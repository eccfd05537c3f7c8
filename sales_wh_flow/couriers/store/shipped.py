"""Boxes as ERPNext's Shipment takes them, and what it gives back."""

from collections.abc import Iterable, Sequence

import frappe
from frappe.utils import flt

from sales_wh_flow.couriers.store.label_facts import JOINED, VALUE


def boxes_with_value(names: Sequence[str]) -> list[dict]:
	"""Boxes by name with weight, value of their goods in the company's currency, names of their items, and
	the Shipment they are in.
	"""
	rows = frappe.db.sql(
		f"""select box.name, box.company, box.warehouse, box.customer, box.ship_to, box.courier,
			box.courier_service, box.delivery_note, box.length_cm, box.width_cm, box.height_cm,
			coalesce(nullif(box.weighed_kg, 0), box.expected_kg, 0) kg,
			{VALUE} value, group_concat(distinct content.item_name separator '\n') item_names,
			(select parcel.parent from `tabShipment Parcel` parcel
				join `tabShipment` shipment on shipment.name = parcel.parent and shipment.docstatus < 2
				where parcel.swf_box = box.name limit 1) shipment
		from `tabOrder Box` box
		left join `tabOrder Box Item` content
			on content.parent = box.name and content.parenttype = 'Order Box'
		{JOINED}
		where box.name in %s group by box.name order by box.name""",
		(tuple(names) or ("",),),
		as_dict=True,
	)
	for row in rows:
		row.kg, row.value = flt(row.kg), flt(row.value)
		row.item_names = (row.item_names or "").split("\n") if row.item_names else []
	return rows


def note_totals(names: Iterable[str]) -> list[tuple[str, float]]:
	"""(Delivery Note, its total in the company's currency)."""
	wanted = tuple(sorted(names)) or ("",)
	return frappe.db.sql(
		"select name, base_grand_total from `tabDelivery Note` where name in %s order by name", (wanted,)
	)


def address_of_warehouse(warehouse: str, company: str) -> str | None:
	"""Where a courier picks up: the warehouse's own address, else the company's."""
	rows = frappe.db.sql(
		"""select link.parent from `tabDynamic Link` link
		join `tabAddress` address on address.name = link.parent and address.disabled = 0
		where link.parenttype = 'Address' and (link.link_doctype, link.link_name) in (
			('Warehouse', %s), ('Company', %s))
		order by link.link_doctype desc, address.is_shipping_address desc, address.is_primary_address desc,
			address.name limit 1""",
		(warehouse, company),
	)
	return rows[0][0] if rows else None


def told_before(names: Iterable[str]) -> dict[str, dict]:
	"""{box: what a Shipment may write on it, as it stands there}; of boxes that are held."""
	rows = frappe.db.sql(
		"""select name, tracking_no, courier, courier_service, tracking_url, label_ref, freight, label
		from `tabOrder Box` force index (primary) where name in %s order by name for update""",
		(tuple(names) or ("",),),
		as_dict=True,
	)
	return {row.name: row for row in rows}


def is_label(file_name: str | None) -> bool:
	"""Whether a file hung on a Shipment is read as a parcel's label."""
	return (file_name or "").lower().endswith((".pdf", ".zpl"))


def labels_of(shipment: str) -> list[str]:
	"""Addresses of the PDF and ZPL files that hang on a Shipment, the oldest first."""
	rows = frappe.db.sql(
		"""select file_url from `tabFile`
		where attached_to_doctype = 'Shipment' and attached_to_name = %s
			and (lower(file_name) like %s or lower(file_name) like %s)
		order by creation, name""",
		(shipment, "%.pdf", "%.zpl"),
	)
	return [row[0] for row in rows]
