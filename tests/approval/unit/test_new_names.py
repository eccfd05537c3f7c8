"""What an approval keeps of names follows a new name, and nothing else of it changes."""

import json

import pytest

from sales_wh_flow.approval.rules.new_names import identity_renamed, sold_renamed

ROWS = [["Nails", 5.0], ["Nuts | Bolts", 2.0]]


def sold(who="Nord|Smith|EUR", rows=ROWS):
	return json.dumps([who, rows])


@pytest.mark.parametrize(
	("company", "customer", "doctype", "old", "new", "who"),
	[
		("Nord", "Smith", "Customer", "Smith", "Jones", "Nord|Jones|EUR"),
		("Nord", "Smith", "Company", "Nord", "North", "North|Smith|EUR"),
		("Nord", "Smith", "Currency", "EUR", "CHF", "Nord|Smith|CHF"),
		("Nord", "Smith | Sons", "Customer", "Smith | Sons", "Jones", "Nord|Jones|EUR"),
		("Nord|East", "Smith", "Customer", "Smith", "Smith|2", "Nord|East|Smith|2|EUR"),
		("Nord|East", "Smith", "Company", "Nord|East", "North", "North|Smith|EUR"),
		("Nord", "", "Company", "Nord", "North", "North||EUR"),
	],
)
def test_what_was_refused_is_for_the_customer_under_the_new_name(company, customer, doctype, old, new, who):
	"""Frappe has renamed the approval's own company and customer by then."""
	own = {"Company": company, "Customer": customer} | ({doctype: new} if doctype != "Currency" else {})
	kept = sold(f"{company}|{customer}|EUR")
	assert sold_renamed(kept, doctype, old, new, own["Company"], own["Customer"]) == sold(who)


def test_another_ones_name_changes_nothing():
	assert identity_renamed("Nord|Smith|EUR", "Customer", "Nord", "X", "Nord", "Smith") == "Nord|Smith|EUR"
	assert identity_renamed("Nord|Smith|EUR", "Customer", "Jones", "X", "Nord", "X") == "Nord|Smith|EUR"


def test_a_renamed_item_is_renamed_in_each_row():
	again = sold_renamed(sold(), "Item", "Nuts | Bolts", "Bolts", "Nord", "Smith")
	assert again == sold(rows=[["Bolts", 2.0], ["Nails", 5.0]])
