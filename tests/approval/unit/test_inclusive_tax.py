"""Net prices where prices are written with tax inside."""

import pytest

from sales_wh_flow.approval.rules.inclusive_tax import NOTHING_INSIDE, TaxRow, inside


def on_net(rate, account="VAT", is_inside=True):
	return TaxRow(account, "On Net Total", rate, is_inside)


def test_a_price_without_taxes_is_net():
	assert inside([], {}) == NOTHING_INSIDE
	assert NOTHING_INSIDE.net(119, 1) == 119


def test_tax_on_top_of_the_price_is_not_inside_it():
	assert inside([on_net(19, is_inside=False)], {}).net(100, 1) == 100


def test_a_gross_price_holds_its_tax():
	assert inside([on_net(19)], {}).net(119, 1) == pytest.approx(100)


def test_an_items_own_rate_wins():
	assert inside([on_net(19)], {"VAT": 7.0}).net(107, 1) == pytest.approx(100)


def test_a_tax_on_a_tax():
	rows = [on_net(10), TaxRow("Levy", "On Previous Row Total", 10, True, based_on=1)]
	assert inside(rows, {}).net(121, 1) == pytest.approx(100)
	rows = [on_net(10), TaxRow("Levy", "On Previous Row Amount", 10, True, based_on=1)]
	assert inside(rows, {}).net(111, 1) == pytest.approx(100)


def test_a_deposit_for_each_piece():
	assert inside([TaxRow("Deposit", "On Item Quantity", 0.25, True)], {}).net(102.5, 10) == 100


def test_a_row_that_is_based_on_none_holds_nothing():
	assert inside([TaxRow("Odd", "On Previous Row Total", 10, True, based_on=5)], {}).net(100, 1) == 100
