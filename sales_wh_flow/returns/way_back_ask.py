"""What a courier is told of a parcel that comes back, to the warehouse that it left."""

import hashlib
from dataclasses import replace

import frappe
from frappe.utils import flt

from sales_wh_flow.couriers.rules.labels import Declared, LabelAsk, Party, ask_as_text
from sales_wh_flow.couriers.store import label_facts, shipped
from sales_wh_flow.packing.rules import weights


def ask_of_case(case, courier: str) -> LabelAsk:
	"""The question for the label of a case; the same again, as long as the case stays as it is."""
	place = next((row.from_warehouse for row in case.rows if row.from_warehouse), "")
	orders = tuple(sorted({row.sales_order for row in case.rows if row.sales_order}))
	goods = tuple(_declared(row) for row in case.rows if not row.return_note)
	ask = LabelAsk(
		key="",
		box=case.name,
		service="",
		kind=frappe.get_cached_value("Courier", courier, "label_kind") or "PDF",
		sender=_sender(case),
		ship_to=_receiver(place, case.company),
		kg=round(sum(it.kg for it in goods), 3),
		sides_cm=(0.0, 0.0, 0.0),
		goods=goods,
		currency=frappe.get_cached_value("Company", case.company, "default_currency"),
		orders=orders,
	)
	seed = f"{courier} {ask_as_text(ask)}"
	return replace(ask, key=f"{case.name}-{hashlib.sha256(seed.encode()).hexdigest()[:16]}")


def _sender(case) -> Party:
	note = next((row.delivery_note for row in case.rows if row.delivery_note), None)
	fields = ["shipping_address_name", "customer_address"]
	addresses = frappe.db.get_value("Delivery Note", note, fields) if note else ()
	name = case.customer_name or case.customer
	known = next((it for it in addresses or () if it), None)
	return (label_facts.party_at(known, name) if known else None) or Party(name)


def _receiver(warehouse: str, company: str) -> Party:
	address = shipped.address_of_warehouse(warehouse, company)
	return (label_facts.party_at(address, company=company) if address else None) or Party(company)


def _declared(row) -> Declared:
	item = frappe.get_cached_doc("Item", row.item_code)
	qty = flt(row.expected_qty) * (flt(row.conversion_factor) or 1.0)
	return Declared(
		item_code=row.item_code,
		text=row.item_name or row.item_code,
		qty=qty,
		kg=weights.in_kg(flt(item.weight_per_unit), item.weight_uom or "") * qty,
		hs_code=item.get("customs_tariff_number") or "",
		un_number=item.get("swf_un_number") or "",
		shipping_name=item.get("swf_shipping_name") or "",
		hazard_class=item.get("swf_hazard_class") or "",
		packing_group=item.get("swf_packing_group") or "",
		is_limited=bool(item.get("swf_is_limited_quantity")),
	)
