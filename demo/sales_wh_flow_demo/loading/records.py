"""Makes documents that are missing, remembers which it made, and knows their names on the site."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import frappe
from frappe.desk.doctype.tag.tag import DocTags
from frappe.utils import update_progress_bar

from sales_wh_flow_demo import sample
from sales_wh_flow_demo import sample_words as words
from sales_wh_flow_demo.dataset import DataSet, Order, Person

Thing = TypeVar("Thing")


class Records:
	"""The documents of a data set on this site. What it makes carries a tag, by which it can be removed."""

	def __init__(self, data: DataSet):
		self.data = data
		self.company = data.company.name
		self.abbr = data.company.abbr
		self.is_sample = data.company.name == sample.COMPANY.name
		self.tag = tag_of(self.company)
		self.made: dict[str, int] = {}
		self.notes: list[str] = []
		self._customers: dict[str, str] = {}
		self._has_tag = False

	def make(self, doctype: str, values: dict, key: str | dict, is_tagged: bool = True) -> str:
		"""The name of what ``key`` (a name or filters) finds, made from ``values`` when missing."""
		name = frappe.db.exists(doctype, key)
		if name:
			return name
		doc = frappe.get_doc({"doctype": doctype, **values}).insert()
		if is_tagged:
			self._tag_new(doc)
		self.made[doctype] = self.made.get(doctype, 0) + 1
		return doc.name

	def _tag_new(self, doc) -> None:
		"""As the desk tags a document, without reading again what was just written: there are many."""
		if "_user_tags" not in frappe.db.get_table_columns(doc.doctype):
			DocTags(doc.doctype).add(doc.name, self.tag)
			return
		frappe.db.set_value(doc.doctype, doc.name, "_user_tags", f",{self.tag}", update_modified=False)
		if not self._has_tag and not frappe.db.exists("Tag", self.tag):
			frappe.get_doc({"doctype": "Tag", "name": self.tag}).insert()
		self._has_tag = True
		link = {"document_type": doc.doctype, "document_name": doc.name, "title": doc.get_title() or ""}
		frappe.get_doc({"doctype": "Tag Link", **link, "tag": self.tag}).insert(ignore_links=True)

	def note(self, text: str) -> None:
		"""Says once what of the data the site has not, and why."""
		if text not in self.notes:
			self.notes.append(text)

	def days_late(self, order: Order) -> int:
		"""By how many days its delivery is late when it is loaded; own orders are written today."""
		return words.OVERDUE.get(order.name, 0) if self.is_sample else 0

	def country(self, name: str) -> str:
		"""The country, or the company's where ERPNext does not know it."""
		return name if name and frappe.db.exists("Country", name) else self.data.company.country

	def warehouse(self, name: str) -> str:
		"""Warehouses carry the company's abbreviation, which ERPNext adds when it is not there."""
		suffix = f" - {self.abbr}"
		return name if name.endswith(suffix) else name + suffix

	def plain(self, warehouse: str | None) -> str:
		"""The data's name of a warehouse of the site."""
		return (warehouse or "").removesuffix(f" - {self.abbr}")

	def customer(self, name: str) -> str:
		"""The site may number its customers, so they are found by what they are called."""
		if name not in self._customers:
			self._customers[name] = frappe.db.get_value("Customer", {"customer_name": name})
		return self._customers[name]

	def account(self, **filters) -> str:
		return frappe.db.get_value("Account", {"company": self.company, "is_group": 0, **filters})

	def opening_account(self) -> str:
		return self.account(account_type="Temporary")

	def email(self, person: Person) -> str:
		"""In small letters, as Frappe names a user."""
		if person.email:
			return person.email.lower()
		name = "".join(letter if letter.isalnum() else "." for letter in person.name.lower())
		return f"{name}@{frappe.scrub(self.company).replace('_', '-')}.example"

	def author(self, name: str) -> str:
		"""The user who writes an order of this author: the person, else the first who sells."""
		for person in self.data.people:
			if person.name == name:
				return self.email(person)
		sellers = [person for person in self.data.people if "Sales User" in person.roles]
		return self.email(sellers[0]) if sellers else "Administrator"


def tag_of(company: str) -> str:
	return f"Sample {company}"


def price_list_of(company: str) -> str:
	return f"{company} Prices"


def with_bar(label: str, things: Sequence[Thing], every: int = 50) -> Iterator[Thing]:
	"""The things one by one under a progress bar; what was made so far is committed after each ``every``.

	A load that is killed loses at most that many, and goes on where it stopped when it is run again.
	"""
	for count, thing in enumerate(things):
		yield thing
		update_progress_bar(label, count, len(things))
		if (count + 1) % every == 0:
			frappe.db.commit()
	frappe.db.commit()
	if things:
		print()


def grouped(things: Iterable[Thing], key: str) -> dict[str, list[Thing]]:
	"""The things by one of their attributes, in their order."""
	groups: dict[str, list[Thing]] = {}
	for thing in things:
		groups.setdefault(getattr(thing, key), []).append(thing)
	return groups
