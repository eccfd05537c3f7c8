"""Loads a company into an ERPNext site through ERPNext's own documents: the sample company, or any other.

bench --site SITE swhf-sample load --seed 7 --orders 33
bench --site SITE swhf-sample remove

Loading may be repeated: what is there is kept, what is missing is made.
"""

import secrets
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import frappe
from frappe.utils import getdate

from sales_wh_flow_demo import csv_layout, csv_names, sample
from sales_wh_flow_demo import sample_words as words
from sales_wh_flow_demo.csv_sheets import LayoutProblems
from sales_wh_flow_demo.dataset import DataSet
from sales_wh_flow_demo.loading import (
	company,
	customers,
	doing,
	freight,
	goods,
	orders,
	payments,
	policies,
	removal,
	rules,
	switches,
)
from sales_wh_flow_demo.loading.records import Records
from sales_wh_flow_demo.plain import plain
from sales_wh_flow_demo.site_pages import pages_of

ORDERS = 33
"""Three days of orders."""
PURCHASE_DAYS = 7
"""Purchases expected within so many days are loaded."""


def run(
	seed: int = sample.SEED, orders: int = ORDERS, password: str | None = None, data: str | None = None
) -> dict:
	"""Loads the sample company, or the CSV files of the folder ``data``. Shape: as ``load_rows``."""
	return load_rows(data_set(seed, data), int(orders), password)


def data_set(seed: int = sample.SEED, folder: str | None = None) -> DataSet:
	"""The company in the folder, else the sample company as if its first day were today.

	Raises: LayoutProblems when the folder cannot be used.
	"""
	if not folder:
		return sample.generate(seed, sample.ORDERS, first_day=getdate())
	data, notes = csv_layout.read(folder)
	for note in notes:
		print(f"Note: {note}")
	if data.people:
		return data
	print("Note: on a site somebody has to log in, so the sample company's people are made")
	return replace(data, people=words.PEOPLE)


def load_rows(data: DataSet, count: int | None = None, password: str | None = None) -> dict:
	"""Loads a data set: masters, stock, invoices, purchases, and its first ``count`` orders as drafts.

	Shape: {"company", "seconds", "made": {doctype: n}, "password", "logins": [{"user", "roles", "title",
	"pages"}]}.
	Without a password a random one is made; it is set for all people of the data set, each time.
	Raises: LayoutProblems, before anything is written, for names that the database cannot tell apart.
	"""
	alike = csv_names.alike(data)
	if alike:
		raise LayoutProblems(alike)
	began = perf_counter()
	password = password or secrets.token_urlsafe(9)
	records = Records(data)
	with as_administrator():
		company.make(records, company.days(records))
		company.make_warehouses(records)
		doing.make_return_warehouses(records)
		company.make_price_list(records)
		company.make_exchange_rates(records)
		company.make_people(records, password)
		switches.allow_batches(records)
		goods.make_items(records)
		goods.make_stock(records)
		customers.make(records)
		customers.make_invoices(records)
		payments.make(records)
		rules.make(records)
		freight.make(records)
		freight.make_taxes(records)
		policies.make(records)
		doing.make(records)
		goods.make_purchases(records, getdate() + timedelta(days=PURCHASE_DAYS))
		notes = switches.turn_on(records)
		orders.make(records, data.orders if count is None else data.orders[:count])
	if count is not None and count < len(data.orders):
		records.note(f"orders.csv: the first {count} of {len(data.orders):,} orders are written")
	seconds = round(perf_counter() - began, 1)
	told = () if records.is_sample else records.notes
	for note in (*notes, *told):
		print(f"Note: {plain(note)}")
	_print_logins(records, password)
	made = ", ".join(f"{count} {doctype}" for doctype, count in sorted(records.made.items())) or "nothing new"
	print(f"\n{plain(data.company.name)} is on {frappe.local.site}: {made}. {seconds:.0f} seconds.")
	logins = [
		{
			"user": records.email(person),
			"roles": list(person.roles),
			"title": person.title,
			"pages": pages_of(person.roles),
		}
		for person in data.people
	]
	return {
		"company": records.company,
		"seconds": seconds,
		"made": records.made,
		"logins": logins,
		"password": password,
	}


def remove(company: str = sample.COMPANY.name) -> dict:
	"""Cancels and deletes what was loaded, nothing of another company. Shape: {doctype: deleted}."""
	with as_administrator():
		return removal.remove(company)


@contextmanager
def as_administrator():
	"""As Administrator, without mails and pop-up messages."""
	user, muted = frappe.session.user, frappe.flags.mute_emails
	frappe.set_user("Administrator")
	frappe.flags.mute_emails = True
	try:
		yield
	finally:
		frappe.flags.mute_emails = muted
		frappe.local.message_log = []
		frappe.set_user(user)


def _print_logins(records: Records, password: str) -> None:
	print(f"\nLogins, all with the password {password}")
	for person in records.data.people:
		roles = ", ".join(person.roles)
		print(plain(f"  {records.email(person):<36}{person.title or person.name:<26}{roles}"))
