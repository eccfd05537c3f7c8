"""Whatever names an order is read by whoever reads the order: it is in both hooks, or says why not."""

import json

from tests.contracts.app_source import MODULE
from tests.contracts.names_in_source import hooks, report

ORDERS_AND_PAPERS = {
	*("Sales Order", "Quotation", "Pick List", "Delivery Note", "Sales Invoice", "Shipment"),
	*("Order Box", "Order Approval", "Order Message", "Delay Alert", "Return Case", "Order Reopening"),
	*("Courier Handover", "Delivery Proof"),
}
PARTIES_AND_PLACES = {"Customer", "Warehouse", "Address", "Contact"}

BY_USER_PERMISSIONS = {
	"Order Approval Rule": "a rule of the company, which may be about one customer",
	"Packing Station": "a table in a warehouse",
	"Shelf Place": "a place in a warehouse",
	"Stage Duration": "figures of a warehouse",
	"Warehouse Routing Rule": "a rule of the company, which may be about one customer",
}
"""Name no order, only parties and places: Frappe's own User Permissions on those links are what counts."""

ROWS_OF_SETTINGS = {
	"Delay Owner": "Sales Flow Settings",
	"Delivery Zone Rate": "Delivery Zone",
	"Return Place": "Sales Flow Settings",
	"Warehouse Routing Candidate": "Warehouse Routing Rule",
}
"""Rows of what the company decided once: a warehouse's name and nothing of any order."""


def links_of(definition) -> set[str]:
	kinds = {"Link": lambda field: field["options"], "Dynamic Link": lambda _field: "Sales Order"}
	return {kinds[it["fieldtype"]](it) for it in definition["fields"] if it["fieldtype"] in kinds}


def open_to_all(definition, seen, listed):
	"""What a DocType lacks of the rules of who may read it."""
	name, links = definition["name"], links_of(definition)
	if definition.get("issingle") or not links & (ORDERS_AND_PAPERS | PARTIES_AND_PLACES):
		return
	if not links & ORDERS_AND_PAPERS and name in BY_USER_PERMISSIONS.keys() | ROWS_OF_SETTINGS.keys():
		return
	wants = (("permission_query_conditions", listed), ("has_permission", seen))
	for hook, known in wants[:1] if definition.get("istable") else wants:
		if name not in known:
			named = ", ".join(sorted(links & (ORDERS_AND_PAPERS | PARTIES_AND_PLACES)))
			yield f"{name} names {named}: give it a rule in hooks.py {hook}, or say here why it needs none"


def definitions():
	return [json.loads(path.read_text()) for path in sorted((MODULE / "doctype").glob("*/*.json"))]


def test_whatever_names_an_order_is_shown_to_its_readers_alone():
	seen, listed = hooks()["has_permission"], hooks()["permission_query_conditions"]
	problems = [problem for it in definitions() for problem in open_to_all(it, seen, listed)]
	assert not problems, report(problems)


def test_the_check_for_open_doctypes_sees_one():
	paper = {"name": "Paper", "fields": [{"fieldtype": "Link", "options": "Sales Order"}]}
	assert len(list(open_to_all(paper, {}, {}))) == 2
	assert len(list(open_to_all(paper, {"Paper": ""}, {}))) == 1
	assert len(list(open_to_all({**paper, "istable": 1}, {}, {}))) == 1
	assert not list(open_to_all(paper, {"Paper": ""}, {"Paper": ""}))


def test_each_exception_is_a_doctype_that_names_no_order():
	known = {it["name"]: it for it in definitions()}
	for name in BY_USER_PERMISSIONS.keys() | ROWS_OF_SETTINGS.keys():
		assert links_of(known[name]) & PARTIES_AND_PLACES and not links_of(known[name]) & ORDERS_AND_PAPERS
