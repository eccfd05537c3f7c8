"""Where approvals, and what the gate keeps of orders, rest on the names of other records."""

import json
from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.approval.rules.needs import APPROVED, OPEN, REJECTED
from sales_wh_flow.approval.store.links import link_field

_ROW = "exists (select 1 from `tab{0}` row where row.parent = so.name and row.{1} = %(old)s)"

_NAMING = {
	"Customer": "so.customer = %(old)s",
	"Company": "so.company = %(old)s",
	"Currency": "so.currency = %(old)s",
	"Item": _ROW.format("Sales Order Item", "item_code"),
	"Address": "%(old)s in (so.shipping_address_name, so.customer_address)",
	"Payment Terms Template": "so.payment_terms_template = %(old)s",
	"Payment Term": _ROW.format("Payment Schedule", "payment_term"),
	"Terms and Conditions": "so.tc_name = %(old)s",
	"Incoterm": "so.incoterm = %(old)s",
}
"""What the fingerprint of an order names, and which orders name it."""
_QUOTED = {
	**_NAMING,
	"Customer": """(so.quotation_to = 'Customer' and so.party_name = %(old)s or exists (
		select 1 from `tabCustomer` became where became.name = %(old)s and so.party_name <> '' and (
			so.quotation_to = 'Lead' and became.lead_name = so.party_name
			or so.quotation_to = 'Prospect' and became.prospect_name = so.party_name)))""",
	"Item": _ROW.format("Quotation Item", "item_code"),
}


def orders_naming(doctype: str, old: str) -> list[str]:
	"""The orders that may still change, were asked about, and name this record; by name."""
	return _naming("Sales Order", _NAMING.get(doctype), "so.status <> 'Completed'", old)


def quotations_naming(doctype: str, old: str) -> list[str]:
	"""The Quotations that may still change, were asked about, and name this record; by name."""
	return _naming("Quotation", _QUOTED.get(doctype), "true", old)


def _naming(about: str, names_it: str | None, may_change: str, old: str) -> list[str]:
	if not names_it:
		return []
	rows = frappe.db.sql(
		f"""select so.name from `tab{about}` so
		where so.docstatus < 2 and {may_change} and {names_it}
			and exists (select 1 from `tabOrder Approval` asked where asked.{link_field(about)} = so.name)
		order by so.name""",
		{"old": old},
	)
	return [row[0] for row in rows]


def restate(doctype: str, name: str, was: tuple[str, str], now: tuple[str, str]) -> None:
	"""The order is the same; what rests on its fingerprint and its likeness, in this order, follows them."""
	link = link_field(doctype)
	for table, key, field, old, new in (
		("Order Approval", link, "fingerprint", was[0], now[0]),
		("Order Approval", link, "likeness", was[1], now[1]),
		("Order Gate", "name", "passed", was[0], now[0]),
	):
		frappe.db.sql(
			f"update `tab{table}` set {field} = %s where {key} = %s and {field} = %s", (new, name, old)
		)


def sold_naming(old: str) -> list[tuple[str, str, str, str]]:
	"""(approval, what was sold to whom, its company, its customer) of refusals that may name the record: of
	deleted orders, too, and of orders that were changed since.
	"""
	return list(
		frappe.db.sql(
			"""select name, sold, coalesce(company, ''), coalesce(customer, '') from `tabOrder Approval`
			where locate(%s, sold) > 0 order by name""",
			json.dumps(old)[1:-1],
		)
	)


def keep_sold(approval: str, sold: str, likeness: str) -> None:
	"""Write what an approval is about, and its likeness, into it; one statement."""
	frappe.db.sql(
		"update `tabOrder Approval` set sold = %s, likeness = %s where name = %s", (sold, likeness, approval)
	)


def rename_identities(doctype: str, old: str, new: str) -> None:
	"""Who an approved order is for; Frappe has renamed the links to it already. It is compared as a whole:
	names may have the sign in them that stands between its parts.
	"""
	parts = {
		"Company": "coalesce(company, '')",
		"Customer": "coalesce(customer, '')",
		"Currency": "substring_index(identity, '|', -1)",
	}
	was, wanted = ({**parts, doctype: f"%({name})s"}.values() for name in ("old", "new"))
	frappe.db.sql(
		f"""update `tabOrder Approval` set identity = concat_ws('|', {", ".join(wanted)})
		where identity = concat_ws('|', {", ".join(was)})""",
		{"old": old, "new": new},
	)


def facts_naming(old: str) -> list[tuple[str, tuple[tuple[str, float], ...]]]:
	"""(approval, its facts) of those that count or are asked, and may name the record."""
	rows = frappe.db.sql(
		"""select name, facts from `tabOrder Approval`
		where state in %s and locate(%s, facts) > 0 order by name""",
		((OPEN, APPROVED, REJECTED), json.dumps(old)[1:-1]),
	)
	return [(name, tuple((key, flt(value)) for key, value in json.loads(facts))) for name, facts in rows]


def keep_facts(approval: str, facts: Iterable[tuple[str, float]]) -> None:
	"""Write the figures that an approval covers into it; one statement."""
	frappe.db.sql(
		"update `tabOrder Approval` set facts = %s where name = %s", (json.dumps(list(facts)), approval)
	)


def rename_hands(field: str, old: str, new: str) -> None:
	"""Who made orders worse (``field`` user), or by which rule (rule)."""
	at = {"rule": 0, "user": 1}[field]
	rows = frappe.db.sql(
		"select name, hands from `tabOrder Gate` where locate(%s, hands) > 0 order by name", json.dumps(old)
	)
	for name, text in rows:
		hands = json.loads(text)
		for hand in hands:
			hand[at] = new if hand[at] == old else hand[at]
		frappe.db.sql("update `tabOrder Gate` set hands = %s where name = %s", (json.dumps(hands), name))


def rename_owed(old: str, new: str) -> None:
	"""The rules that orders owed when the gate let them through, one a line."""
	rows = frappe.db.sql(
		"select name, owed from `tabOrder Gate` where locate(%s, owed) > 0 order by name", old
	)
	for name, text in rows:
		lines = [new if line == old else line for line in text.split("\n")]
		frappe.db.sql("update `tabOrder Gate` set owed = %s where name = %s", ("\n".join(lines), name))
