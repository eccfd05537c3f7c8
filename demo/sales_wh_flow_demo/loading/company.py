"""The company itself: the site's first setup where there was none, its warehouses and its people."""

from collections.abc import Sequence
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.desk.doctype.tag.tag import DocTags
from frappe.utils import getdate
from frappe.utils.password import update_password

from sales_wh_flow_demo.dataset import Warehouse
from sales_wh_flow_demo.loading import payments
from sales_wh_flow_demo.loading.records import Records, price_list_of, with_bar


def make(records: Records, days: Sequence[date]) -> None:
	"""The company with fiscal years for these days. Raises: ValidationError for an abbreviation in use."""
	company = records.data.company
	# A site whose only company was removed has its presets from before, and the wizard does nothing twice.
	if not frappe.db.a_row_exists("Company") and not frappe.is_setup_complete():
		_set_up_site(records, min(days))
		DocTags("Company").add(company.name, records.tag)
	if not frappe.db.exists("Company", company.name):
		other = frappe.db.get_value("Company", {"abbr": company.abbr})
		if other:
			frappe.throw(
				_("The abbreviation {0} belongs to {1}. Give {2} another one.").format(
					company.abbr, other, company.name
				)
			)
		records.make(
			"Company",
			{
				"company_name": company.name,
				"abbr": company.abbr,
				"default_currency": company.currency,
				"country": company.country,
				"create_chart_of_accounts_based_on": "Standard Template",
				"chart_of_accounts": "Standard",
				"enable_perpetual_inventory": 1,
			},
			company.name,
		)
	for year in sorted({day.year for day in days}):
		_fiscal_year(records, year)
	frappe.db.commit()


def _set_up_site(records: Records, day: date) -> None:
	"""What the setup wizard does when a person answers it: presets, the company, defaults."""
	from frappe.desk.page.setup_wizard.setup_wizard import setup_complete

	company = records.data.company
	setup_complete(
		{
			"language": "English",
			"country": company.country,
			"currency": company.currency,
			"timezone": frappe.db.get_value("Country", company.country, "time_zones", cache=True)
			or "Etc/UTC",
			"full_name": "Administrator",
			"company_name": company.name,
			"company_abbr": company.abbr,
			"chart_of_accounts": "Standard",
			"fy_start_date": f"{day.year}-01-01",
			"fy_end_date": f"{day.year}-12-31",
		}
	)
	# The wizard takes the country's; the desk is in English, and so is all that is printed about it.
	settings = frappe.get_doc("System Settings")
	settings.number_format = "#,###.##"
	settings.save()  # numbers are written by the default that it leaves


def _fiscal_year(records: Records, year: int) -> None:
	"""A year that covers the first of July, whatever the site calls it."""
	day = f"{year}-07-01"
	if not frappe.db.exists("Fiscal Year", {"year_start_date": ("<=", day), "year_end_date": (">=", day)}):
		values = {
			"year": str(year),
			"year_start_date": f"{year}-01-01",
			"year_end_date": f"{year}-12-31",
		}
		records.make("Fiscal Year", values, str(year))


def root_warehouse(records: Records) -> str:
	"""Above all others of the company: its stock account is theirs."""
	of_company = {"company": records.company, "is_group": 1}
	root = frappe.db.get_value("Warehouse", {**of_company, "parent_warehouse": ""})
	return root or frappe.db.get_value("Warehouse", of_company)


def make_warehouses(records: Records) -> None:
	root = root_warehouse(records)
	for row in with_bar("Warehouses", records.data.warehouses):
		values = {
			"warehouse_name": row.name,
			"company": records.company,
			"parent_warehouse": root,
			"city": row.city,
			"swf_latitude": row.latitude or 0,
			"swf_longitude": row.longitude or 0,
			"swf_limit_lines": int(row.lines_per_day > 0),
			"swf_lines_per_day": row.lines_per_day,
		}
		name = records.make("Warehouse", values, records.warehouse(row.name))
		if row.city or row.country:
			_make_address(records, row, name)


def _make_address(records: Records, row: Warehouse, name: str) -> None:
	"""ERPNext keeps the country of a warehouse in its address."""
	values = {
		"address_title": row.name,
		"address_type": "Warehouse",
		"address_line1": row.name,
		"city": row.city or row.name,
		"country": records.country(row.country),
		"links": [{"link_doctype": "Warehouse", "link_name": name}],
	}
	key = {"address_title": row.name, "address_type": "Warehouse"}
	records.make("Address", values, key)


def make_people(records: Records, password: str) -> None:
	"""A user for each person, with this password; who was there before keeps their roles."""
	for person in with_bar("People", records.data.people):
		email = records.email(person)
		first, _space, last = person.name.partition(" ")
		known = [role for role in person.roles if frappe.db.exists("Role", role)]
		values = {
			"email": email,
			"first_name": first,
			"last_name": last,
			"bio": person.title,
			"send_welcome_email": 0,
			"roles": [{"role": role} for role in known],
		}
		records.make("User", values, email)
		update_password(email, password)


def make_price_list(records: Records) -> str:
	name = price_list_of(records.company)
	currency = records.data.company.currency
	values = {"price_list_name": name, "currency": currency, "enabled": 1, "selling": 1}
	return records.make("Price List", values, name)


def make_exchange_rates(records: Records) -> None:
	"""What the currencies of the orders are worth, each time that it changes: approval rules measure by what
	is recorded, and believe no rate that was only typed on an order.
	"""
	own, known = records.data.company.currency, {}
	for order in sorted(records.data.orders, key=lambda it: it.date):
		if order.currency == own or known.get(order.currency) == order.exchange_rate:
			continue
		day = order.date if order.currency in known else min(order.date, getdate()) - timedelta(days=30)
		known[order.currency] = order.exchange_rate
		pair = {"from_currency": order.currency, "to_currency": own, "date": day}
		rate = {"exchange_rate": order.exchange_rate, "for_selling": 1, "for_buying": 1}
		records.make("Currency Exchange", {**pair, **rate}, {**pair, "for_selling": 1})


def days(records: Records) -> list[date]:
	"""Every day that a document of the load carries: each needs a fiscal year."""
	paid = payments.before_the_orders(records)
	today = getdate()
	booked = [invoice.date for invoice in records.data.invoices] + [payment.date for payment in paid]
	return [*booked, today - timedelta(days=30), today, today + timedelta(days=120)]
