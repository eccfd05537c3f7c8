"""Many rows are written with one statement: each as it was given, and nobody waits for the others."""

from datetime import date, datetime

import pytest

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk

pytestmark = pytest.mark.unchecked
DOCTYPE = "Shortage Action"
KEPT = 3
"""Rows that are not written."""


@pytest.fixture
def names(site):
	"""100 new rows, the last KEPT of which stay as they are."""
	found = bulk.new_names(100)
	bulk.insert(DOCTYPE, ("name", "creation", "qty_stock"), [(name, now(), 7.0) for name in found])
	return found


def of(number: int) -> dict:
	"""Of each kind something, and nothing in many rows one after another."""
	is_empty = number < 70
	return {
		"qty_stock": 0 if is_empty else number + 0.123456789,
		"delivery_date": None if is_empty else date(2026, 2, 1 + number % 28),
		"consent_on": None if number % 2 else datetime(2026, 2, 3, 4, 5, 6, number),
		"reason": None if is_empty else f"Größe \\ %s '{number}' 📦",
		"uom": "one for all",
	}


def stored(names: list[str]) -> dict:
	rows = frappe.get_all(DOCTYPE, {"name": ("in", names)}, ["name", *of(0)])
	return {row.pop("name"): dict(row) for row in rows}


def test_each_row_gets_what_it_was_given(names):
	before = stored(names)
	given = {name: of(number) for number, name in enumerate(names[:-KEPT])}
	bulk.set_fields(DOCTYPE, given)
	assert stored(names) == before | given


def test_only_the_named_rows_are_read_and_held_however_small_the_table(names, monkeypatch):
	native, plans = frappe.db.sql, []

	def sql(query, values=()):
		plans.extend(native(f"explain {query}", values, as_dict=True))
		return native(query, values)

	written = names[:-KEPT]
	with monkeypatch.context() as patch:
		patch.setattr(frappe.db, "sql", sql)
		bulk.set_each(DOCTYPE, "reason", {name: name for name in written})
	assert [(plan.type, plan.key, int(plan.rows)) for plan in plans] == [("range", "PRIMARY", len(written))]
