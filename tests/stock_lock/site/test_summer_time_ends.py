"""The hour that comes twice: what was received before the site's clock is set back is there."""

from datetime import timedelta

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.audit import check
from tests.factories import line, make_order, make_warehouse, receive, stocked
from tests.moving_clock import moving_clock


def test_goods_of_the_hour_before_stay_locked_and_can_be_locked(switches, in_this_transaction):
	switches(stock_lock=True)
	place = make_warehouse()
	item = stocked(4, place)
	with moving_clock() as set_to:
		later = now_datetime() + timedelta(hours=1)
		set_to(later)
		receive(item, 6, place)
		one = make_order(line(item, qty=6, warehouse=place), submit=True)

		set_to(later - timedelta(minutes=59))
		other = make_order(line(item, qty=4, warehouse=place), submit=True)

		assert not check.look(orders=[one.name, other.name])
	held = frappe.get_all(
		"Sales Order Item", {"parent": ("in", [one.name, other.name])}, pluck="stock_reserved_qty"
	)
	assert sorted(held) == [4, 6]
