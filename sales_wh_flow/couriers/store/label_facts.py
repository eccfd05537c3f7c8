"""What of a box, its goods and its addresses a courier is told when a label is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import flt

from sales_wh_flow.couriers.rules.labels import Declared, Party
from sales_wh_flow.packing.rules import weights

VALUE = """coalesce(sum(case when part.name is null
		then content.qty_stock * line.base_net_amount / nullif(line.stock_qty, 0)
		else line.base_net_amount * content.qty_stock / nullif(part.qty, 0) / (
			select count(*) from `tabPacked Item` each_part
			where each_part.parent_detail_docname = line.name and each_part.parenttype = 'Sales Order')
	end), 0)"""
"""What goods in boxes are worth without tax: of a bundle each component bears the same share. Of ``content``,
its ``line`` and, for a bundle, the ``part`` of it.
"""

JOINED = """left join `tabSales Order Item` line on line.name = content.sales_order_item
	left join `tabPacked Item` part on part.name = content.packed_item and part.parenttype = 'Sales Order'"""

_PARTY = """select coalesce(nullif(address.address_title, ''), address.name) title,
	coalesce(address.address_line1, '') line1, coalesce(address.address_line2, '') line2,
	coalesce(address.city, '') city, coalesce(address.state, '') state,
	coalesce(address.pincode, '') postcode, upper(coalesce(country.code, '')) country,
	coalesce(address.phone, '') phone, coalesce(address.email_id, '') email
	from `tabAddress` address left join `tabCountry` country on country.name = address.country
	where address.name = %s"""


@dataclass(frozen=True, slots=True)
class LabelledBox:
	"""A box, held, as its label stands on it. Units: kg, cm. ``asked_on``: a label is being asked for."""

	name: str
	state: str
	company: str
	warehouse: str
	ship_to: str
	customer_name: str
	courier: str
	courier_service: str
	tracking_no: str
	label: str
	label_ref: str
	kg: float
	sides_cm: tuple[float, float, float]
	turn: int
	made_on: datetime | None
	asked_on: datetime | None
	cod_amount: float


def hold_labelled(box: str) -> LabelledBox | None:
	"""A box, locked, as last committed."""
	rows = frappe.db.sql(
		"""select name, state, coalesce(company, ''), coalesce(warehouse, ''), coalesce(ship_to, ''),
			coalesce(customer_name, ''), coalesce(courier, ''), coalesce(courier_service, ''),
			coalesce(tracking_no, ''), coalesce(label, ''), coalesce(label_ref, ''),
			coalesce(nullif(weighed_kg, 0), expected_kg, 0), coalesce(length_cm, 0), coalesce(width_cm, 0),
			coalesce(height_cm, 0), coalesce(label_turn, 0), label_made_on, label_asked_on,
			coalesce(cod_amount, 0)
		from `tabOrder Box` where name = %s for update""",
		box,
	)
	for row in rows:
		kg, length, width, height, turn, made_on, asked_on, cod = row[11:]
		sides = (flt(length), flt(width), flt(height))
		return LabelledBox(*(*row[:11], flt(kg), sides, int(turn), made_on, asked_on, flt(cod)))
	return None


def declared_in(box: str) -> tuple[Declared, ...]:
	"""What lies in a box, an item a row; values without tax, in the company's currency."""
	rows = frappe.db.sql(
		f"""select content.item_code, max(coalesce(nullif(content.item_name, ''), content.item_code)),
			sum(content.qty_stock),
			{VALUE}, max(coalesce(item.weight_per_unit, 0)), max(coalesce(item.customs_tariff_number, '')),
			max(upper(coalesce(origin.code, ''))), max(coalesce(item.swf_un_number, '')),
			max(coalesce(item.swf_shipping_name, '')), max(coalesce(item.swf_hazard_class, '')),
			max(coalesce(item.swf_packing_group, '')), max(coalesce(item.swf_is_limited_quantity, 0)),
			max(coalesce(item.weight_uom, ''))
		from `tabOrder Box Item` content
		join `tabItem` item on item.name = content.item_code
		left join `tabCountry` origin on origin.name = item.country_of_origin
		{JOINED}
		where content.parent = %s and content.parenttype = 'Order Box'
		group by content.item_code order by min(content.idx)""",
		box,
	)
	return tuple(
		Declared(
			item_code=row[0],
			text=row[1],
			qty=flt(row[2]),
			value=round(flt(row[3]), 2),
			kg=weights.in_kg(flt(row[4]), row[12]) * flt(row[2]),
			hs_code=row[5],
			origin=row[6],
			un_number=row[7],
			shipping_name=row[8],
			hazard_class=row[9],
			packing_group=row[10],
			is_limited=bool(row[11]),
		)
		for row in rows
	)


def party_at(address: str, name: str = "", company: str = "") -> Party | None:
	"""Who lives at an address; None for none. ``name``: instead of the address's title."""
	rows = frappe.db.sql(_PARTY, address, as_dict=True)
	for row in rows:
		lines = tuple(line for line in (row.line1, row.line2) if line)
		return Party(
			name or row.title,
			company,
			lines,
			row.city,
			row.state,
			row.postcode,
			row.country,
			row.phone,
			row.email,
		)
	return None


def instructions_of(box: str) -> tuple[tuple[str, ...], str, str]:
	"""(orders, their instructions, the trade terms that they agreed on) of a box."""
	rows = frappe.db.sql(
		"""select distinct sales.name, coalesce(sales.swf_special_instructions, ''),
			coalesce(sales.incoterm, '')
		from `tabOrder Box Item` content
		join `tabSales Order` sales on sales.name = content.sales_order
		where content.parent = %s and content.parenttype = 'Order Box' order by sales.name""",
		box,
	)
	said = dict.fromkeys(text for _name, text, _terms in rows if text)
	terms = {terms for _name, _text, terms in rows}
	return tuple(row[0] for row in rows), " · ".join(said)[:400], terms.pop() if len(terms) == 1 else ""


def contacts_of(orders: Sequence[str]) -> tuple[str, str]:
	"""(telephone, e-mail) that the first of these orders names for its receiver."""
	rows = frappe.db.sql(
		"""select coalesce(nullif(contact_mobile, ''), contact_phone, ''), coalesce(contact_email, '')
		from `tabSales Order` where name in %s order by name limit 1""",
		(tuple(orders) or ("",),),
	)
	return rows[0] if rows else ("", "")
