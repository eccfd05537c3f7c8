"""Until when goods come back, by which policy, and who lets them in later."""

from dataclasses import replace
from datetime import date

import pytest

from sales_wh_flow.returns.rules import windows
from sales_wh_flow.returns.rules.facts import CaseRow, ShippedRow
from sales_wh_flow.returns.rules.windows import About, LateGoods, Waiver, Window

SETTINGS = Window("", 30, (Waiver("Sales Manager"),))
SHIPPED = ShippedRow(
	**{"name": "row", "note": "DN-1", "customer": "Ann", "company": "Co", "item_code": "NAIL"},
	**{"item_name": "Nail", "uom": "Box", "conversion_factor": 12.0, "warehouse": "Shop"},
	**{"shipped_qty": 5.0, "delivered_on": date(2026, 3, 1), "net_rate_base": 40.0},
)
ROW = CaseRow(1, "a", "row", expected_qty=2.0, received_qty=1.0)
ABOUT = About("Co", ("Shops", "All Customers"), ("Nails", "Iron", "All Items"), "Faulty")


def late(day, days):
	window = replace(SETTINGS, days=days)
	return windows.late_goods(windows.late_rows([ROW], {"row": SHIPPED}, {"a": window}, date(2026, 3, day)))


@pytest.mark.parametrize("day, days, found", [(31, 30, ()), (31, 29, (1,)), (31, 0, ()), (31, 10, (20,))])
def test_the_window_counts_days_from_the_delivery(day, days, found):
	assert tuple(it.days_late for it in late(day, days)) == found


def test_what_is_late_is_worth_what_it_was_delivered_for():
	assert [it.value for it in late(31, 29)] == [80.0]


def test_goods_that_were_never_shipped_are_not_late():
	assert not windows.late_rows([ROW], {}, {}, date(2026, 3, 31))


@pytest.mark.parametrize(
	"scopes, meant",
	[
		([], ""),
		([{"company": "Other"}, {"reason": "Too Late"}, {"customer_group": "Farms"}], ""),
		([{"company": "Co"}, {"reason": "Faulty"}], "P1"),
		([{"reason": "Faulty"}, {"customer_group": "All Customers"}], "P1"),
		([{"customer_group": "Shops"}, {"item_group": "All Items"}], "P1"),
		([{"item_group": "Iron"}, {"item_group": "Nails"}, {"item_group": "All Items"}], "P1"),
		([{}, {}], "P0"),
	],
)
def test_the_policy_that_says_most_of_the_goods_counts(scopes, meant):
	policies = [Window(f"P{at}", 10, (), **scope) for at, scope in enumerate(scopes)]
	assert windows.window_for(policies, ABOUT, SETTINGS).name == meant


GOODS = LateGoods(
	Window("P", 30, (Waiver("Sales Manager", 10, 100.0), Waiver("Director"))), days_late=5, value=80.0
)


@pytest.mark.parametrize(
	"goods, roles",
	[
		(GOODS, ("Director", "Sales Manager")),
		(replace(GOODS, days_late=10, value=100.0), ("Director", "Sales Manager")),
		(replace(GOODS, days_late=11), ("Director",)),
		(replace(GOODS, value=100.01), ("Director",)),
		(replace(GOODS, window=Window("P", 30, ())), ()),
	],
)
def test_a_role_waives_up_to_its_days_and_its_value(goods, roles):
	assert windows.roles_that_waive([goods]) == roles


def test_who_lets_in_goods_of_several_windows_may_let_in_each():
	assert windows.roles_that_waive([GOODS, replace(GOODS, window=SETTINGS)]) == ("Sales Manager",)
	assert windows.roles_that_waive([]) == ()


@pytest.mark.parametrize(
	"now, is_worse", [((5, 80.0), False), ((4, 10.0), False), ((6, 80.0), True), ((5, 80.01), True)]
)
def test_more_or_later_goods_than_were_let_in_are_asked_anew(now, is_worse):
	assert windows.is_later_than_waived(*now, 5, 80.0) is is_worse
	assert not windows.is_later_than_waived(*now, 0, 0.0)
