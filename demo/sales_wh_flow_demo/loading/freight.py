"""What a parcel costs and where: the zones of the data as Delivery Zones, which know addresses."""

import frappe

from sales_wh_flow_demo.dataset import Customer
from sales_wh_flow_demo.loading.records import Records, grouped, with_bar

_POSTCODES_A_ROW = 8
"""So that a row of patterns fits its field."""


def make(records: Records) -> None:
	"""A zone of a site is found by an address: by its country, or where that has several by its postcode."""
	areas = _areas(records)
	for zone, rates in with_bar("Delivery zones", list(grouped(records.data.freight, "zone").items())):
		if not areas.get(zone):
			records.note(f"freight.csv: no customer's address tells that it lies in {zone}: left out")
			continue
		rows = [
			{
				"warehouse": records.warehouse(row.warehouse) if row.warehouse else None,
				"courier": row.courier or None,
				"service": row.service,
				"freight": row.per_parcel,
				"freight_per_kg": row.per_kg,
				"transit_days": row.transit_days,
			}
			for row in rates
		]
		records.make(
			"Delivery Zone", {"title": zone, "enabled": 1, "areas": areas[zone], "rates": rows}, zone
		)


def _areas(records: Records) -> dict[str, list[dict]]:
	"""zone -> its areas. Whose zone no address can tell is counted in a note."""
	areas: dict[str, list[dict]] = {}
	unknown = 0
	by_country: dict[str, list[Customer]] = {}
	for customer in records.data.customers:
		by_country.setdefault(records.country(customer.country), []).append(customer)
	for country, customers in by_country.items():
		zones = {customer.zone for customer in customers}
		if len(zones) == 1:
			areas.setdefault(zones.pop(), []).append({"in_country": country})
			continue
		of_code: dict[str, set[str]] = {}
		for customer in customers:
			of_code.setdefault(customer.postcode, set()).add(customer.zone)
		sure = {code: found.pop() for code, found in of_code.items() if code and len(found) == 1}
		unknown += sum(bool(customer.zone) and customer.postcode not in sure for customer in customers)
		for zone in sorted(zones - {""}):
			codes = sorted(code for code, known in sure.items() if known == zone)
			for start in range(0, len(codes), _POSTCODES_A_ROW):
				some = ", ".join(codes[start : start + _POSTCODES_A_ROW])
				areas.setdefault(zone, []).append({"in_country": country, "postcode": some})
	if unknown and records.data.freight:
		records.note(
			f"customers.csv, zone: {unknown} customers share a country of several zones and have no postcode"
			" that tells theirs; no freight is known for them on the site"
		)
	return areas


def make_taxes(records: Records) -> None:
	"""A template for each tax and a Tax Rule for each country, by which ERPNext itself taxes an order."""
	for tax in with_bar("Taxes", records.data.taxes):
		if not frappe.db.exists("Country", tax.country):
			records.note(f"taxes.csv: ERPNext knows no country {tax.country}; its tax is left out")
			continue
		title = f"{tax.name} - {records.abbr}"
		rows = [
			{
				"charge_type": "On Net Total",
				"account_head": _tax_account(records),
				"description": tax.name,
				"rate": tax.rate_pct,
			}
		]
		template = records.make(
			"Sales Taxes and Charges Template",
			{"title": tax.name, "company": records.company, "taxes": rows},
			title,
		)
		rule = {"tax_type": "Sales", "company": records.company, "shipping_country": tax.country}
		records.make("Tax Rule", {**rule, "sales_tax_template": template, "priority": 1}, rule)


def _tax_account(records: Records) -> str:
	found = records.account(account_type="Tax", root_type="Liability")
	if found:
		return found
	parent = frappe.db.get_value(
		"Account", {"company": records.company, "is_group": 1, "account_type": "Tax"}
	) or frappe.db.get_value(
		"Account", {"company": records.company, "is_group": 1, "root_type": "Liability"}, order_by="lft desc"
	)
	name = {"account_name": "Sales Tax", "company": records.company}
	return records.make("Account", {**name, "parent_account": parent, "account_type": "Tax"}, name)
