"""The board has every order once, in its column and warehouse, the latest first."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.order_board.rules.board import COLUMNS, BoardOrder, arrange

ORDERS = st.lists(
	st.builds(
		BoardOrder,
		name=st.uuids().map(str),
		stage=st.sampled_from([*COLUMNS, "Ended"]),
		warehouse=st.sampled_from(["", "A", "B"]),
		currency=st.sampled_from(["EUR", "USD"]),
		value=st.integers(0, 1000).map(float),
		lateness=st.sampled_from(["", "On Time", "At Risk", "Late"]),
		promised=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 12, 31))),
	)
)
RANKS = {"Late": 0, "At Risk": 1, "On Time": 2, "": 3}


@given(ORDERS, st.integers(0, 5))
def test_every_open_order_is_counted_once_and_values_add_up(orders, most):
	columns, whole = arrange(orders, most)
	on_board = [order for order in orders if order.stage in COLUMNS]
	assert [column.stage for column in columns] == list(COLUMNS)
	assert whole.orders == len(on_board) == sum(column.figures.orders for column in columns)
	assert sum(whole.value.values()) == sum(order.value for order in on_board)
	for column in columns:
		assert column.figures.orders == sum(one.orders for one in column.warehouses.values())
		assert column.figures.late == sum(one.late for one in column.warehouses.values())
		assert len(column.shown) == min(most, column.figures.orders)


@given(ORDERS)
def test_the_latest_stand_first_and_those_promised_earlier_before_others(orders):
	known = {order.name: order for order in orders}
	for column in arrange(orders, 1000)[0]:
		keys = [(RANKS[known[name].lateness], known[name].promised or date.max) for name in column.shown]
		assert keys == sorted(keys)


def test_what_is_cut_off_is_less_urgent_than_what_is_shown():
	late = BoardOrder("SO-2", "To Pick", "A", "EUR", 1.0, "Late")
	fine = BoardOrder("SO-1", "To Pick", "A", "EUR", 1.0, "On Time")
	columns, _whole = arrange([fine, late], 1)
	assert columns[COLUMNS.index("To Pick")].shown == ("SO-2",)
