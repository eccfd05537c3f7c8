"""Which Return Cases are refused, and what is credited where."""

from dataclasses import replace
from datetime import date

import pytest

from sales_wh_flow.returns.rules import credit, judge
from sales_wh_flow.returns.rules.credit import CreditClaim, CreditShare, InvoiceRow
from sales_wh_flow.returns.rules.facts import CaseRow, Place, ShippedRow
from sales_wh_flow.returns.rules.places import place_for

SHIPPED = ShippedRow(
	**{"name": "row", "note": "DN-1", "customer": "Ann", "company": "Co", "item_code": "NAIL"},
	**{"item_name": "Nail", "uom": "Box", "conversion_factor": 12.0, "warehouse": "Shop"},
	**{"shipped_qty": 5.0, "delivered_on": date(2026, 3, 1), "returned_qty": 1.0},
)
SERIALS = replace(SHIPPED, conversion_factor=1.0, has_serials=True, serials=frozenset({"S1", "S2"}))
BATCHES = replace(SHIPPED, conversion_factor=1.0, batches={"B1": 3.0, "B2": 1.0})
ROW = CaseRow(1, "a", "row", expected_qty=2.0, received_qty=2.0)
CREDITED = replace(ROW, remedy="Refund", credited_qty=2.0, credit_notes=("C1",))
SCRAPPED = replace(ROW, decision="Scrap", remedy="Nothing")


def codes(*rows, shipped=SHIPPED, customer="Ann"):
	return [it.code for it in judge.problems_of_case(rows, {"row": shipped}, customer, "Co")]


@pytest.mark.parametrize(
	"row, shipped, code",
	[
		(replace(ROW, source="other"), SHIPPED, "never_shipped"),
		(replace(ROW, received_qty=4.1), SHIPPED, "returned_too_much"),
		(replace(ROW, expected_qty=4.1), SHIPPED, "returned_too_much"),
		(replace(ROW, expected_qty=0, received_qty=0), SHIPPED, "nothing_announced"),
		(replace(ROW, inspected_qty=3), SHIPPED, "inspected_too_much"),
		(replace(ROW, received_qty=float("nan")), SHIPPED, "no_quantity"),
		(replace(ROW, expected_qty=float("inf")), SHIPPED, "no_quantity"),
		(replace(ROW, expected_qty=0.5), replace(SHIPPED, is_whole=True), "whole_units_only"),
		(replace(ROW, received_qty=1e-9), replace(SHIPPED, is_whole=True), "whole_units_only"),
		(ROW, replace(SHIPPED, docstatus=2), "note_not_in_force"),
		(ROW, replace(SHIPPED, is_return=True), "note_not_in_force"),
		(ROW, replace(SHIPPED, company="Other"), "shipped_to_another"),
		(replace(ROW, serials=("S1", "S9")), SERIALS, "serial_not_shipped"),
		(replace(ROW, serials=("S1",)), SERIALS, "serials_do_not_count"),
		(replace(ROW, serials=("S1", "S1")), SERIALS, "serial_twice"),
		(replace(ROW, batch_no="B9"), BATCHES, "batch_not_shipped"),
		(replace(CREDITED, remedy="Replace"), SHIPPED, "credited_already"),
		(replace(CREDITED, received_qty=1), SHIPPED, "credited_already"),
		(replace(ROW, batch_no="B2"), BATCHES, "batch_returned_too_much"),
	],
)
def test_a_row_that_can_not_be_is_refused(row, shipped, code):
	assert codes(row, shipped=shipped) == [code]


def test_a_box_of_which_pieces_were_refused_expects_a_part_of_a_unit_and_only_whole_ones_are_received():
	whole, part = replace(SHIPPED, is_whole=True), replace(ROW, expected_qty=1 / 12, received_qty=0)

	def found(row):
		return judge.problems_of_case([row], {"row": whole}, "Ann", "Co", is_of_box=True)

	assert not found(part)
	assert [it.code for it in found(replace(part, received_qty=1 / 12))] == ["whole_units_only"]


def test_a_row_within_what_is_left_is_fine():
	assert not codes(replace(ROW, received_qty=4.0))
	assert not codes(CREDITED)


def test_rows_of_one_delivery_count_together():
	assert codes(ROW, replace(ROW, name="b", received_qty=2.1)) == ["returned_too_much"]


def test_posted_rows_are_not_judged_again():
	assert not codes(replace(ROW, received_qty=9, is_posted=True))


def test_goods_of_another_customer_are_no_part_of_the_case():
	assert codes(ROW, customer="Bob") == ["shipped_to_another"]


@pytest.mark.parametrize(
	"row, shipped, code",
	[
		(replace(ROW, remedy="Refund"), SHIPPED, "decision_missing"),
		(replace(ROW, decision="Scrap"), SHIPPED, "remedy_missing"),
		(
			replace(ROW, decision="Scrap", remedy="Nothing"),
			replace(SHIPPED, is_disabled=True),
			"item_is_disabled",
		),
		(replace(ROW, decision="Scrap", remedy="Nothing"), SERIALS, "serials_missing"),
		(replace(ROW, decision="Scrap", remedy="Nothing"), BATCHES, "batch_missing"),
		(
			replace(ROW, decision="Restock", remedy="Nothing", inspected_qty=1),
			replace(SHIPPED, asks_inspection=True),
			"not_inspected",
		),
		(
			replace(ROW, decision="Restock", remedy="Nothing", inspected_qty=2),
			replace(SHIPPED, asks_inspection=True),
			"inspection_missing",
		),
		(
			replace(ROW, decision="Restock", remedy="Nothing", inspected_qty=2, inspection="Rejected"),
			replace(SHIPPED, asks_inspection=True),
			"inspection_rejected",
		),
		(
			replace(ROW, decision="Restock", remedy="Nothing", batch_no="B1"),
			replace(BATCHES, expired=frozenset({"B1"})),
			"batch_expired",
		),
	],
)
def test_a_row_is_posted_only_when_it_is_decided_and_fit(row, shipped, code):
	assert [it.code for it in judge.problems_of_posting([row], {"row": shipped})] == [code]


def test_an_expired_batch_may_be_scrapped():
	row = replace(ROW, decision="Scrap", remedy="Nothing", batch_no="B1")
	assert not judge.problems_of_posting([row], {"row": replace(BATCHES, expired=frozenset({"B1"}))})


def test_a_credit_goes_to_the_invoice_of_its_delivery_first_and_never_beyond_it():
	claims = [CreditClaim("a", "row", "line", 3.0)]
	invoiced = [
		InvoiceRow("i1", "INV-1", "", "line", 9.0),
		InvoiceRow("i2", "INV-2", "row", "line", 2.0),
		InvoiceRow("i3", "INV-3", "other row", "line", 9.0),
	]
	assert credit.share_out_credit(claims, invoiced) == (
		CreditShare("a", "INV-2", "i2", 2.0),
		CreditShare("a", "INV-1", "i1", 1.0),
	)


def test_two_claims_share_what_is_left_of_one_invoice():
	claims = [CreditClaim("a", "row", "", 2.0), CreditClaim("b", "row", "", 2.0)]
	found = credit.share_out_credit(claims, [InvoiceRow("i", "INV", "row", "", 3.0)])
	assert [(it.case_row, it.qty) for it in found] == [("a", 2.0), ("b", 1.0)]


def test_goods_of_no_order_are_not_credited_on_a_strange_invoice():
	assert not credit.share_out_credit(
		[CreditClaim("a", "row", "", 2.0)], [InvoiceRow("i", "INV", "", "", 3.0)]
	)


@pytest.mark.parametrize(
	"decision, left_from, found",
	[
		("Restock", "Shop", "Shop"),
		("Restock", "Hub", "Dock"),
		("Quarantine", "Hub", "Cage"),
		("Quarantine", "Shop", "Far Cage"),
		("Scrap", "Hub", "Bin"),
	],
)
def test_the_place_of_a_warehouse_comes_before_that_of_its_company(decision, left_from, found):
	places = [
		Place("Co", "", quarantine="Far Cage", scrap="Bin"),
		Place("Co", "Hub", restock="Dock", quarantine="Cage"),
		Place("Other", "", restock="Elsewhere"),
	]
	assert place_for(places, decision, "Co", left_from, left_from) == found


def test_goods_for_scrap_go_nowhere_where_no_place_is_named():
	assert place_for([], "Scrap", "Co", "Shop", "Shop") == ""


def test_the_place_of_the_nearest_item_group_comes_before_that_of_the_company():
	places = [
		Place("Co", "", quarantine="Cage", scrap="Bin"),
		Place("Co", "", quarantine="Cold Cage", item_group="Food"),
		Place("Co", "", quarantine="Ice Cage", item_group="Ice"),
		Place("Co", "Hub", quarantine="Hub Cage"),
	]
	for groups, left_from, found in (
		(("Ice", "Food"), "Shop", "Ice Cage"),
		(("Bread", "Food"), "Shop", "Cold Cage"),
		(("Nails",), "Shop", "Cage"),
		(("Ice", "Food"), "Hub", "Hub Cage"),
	):
		assert place_for(places, "Quarantine", "Co", left_from, "", groups) == found
	assert place_for(places, "Scrap", "Co", "Shop", "", ("Ice", "Food")) == "Bin"
