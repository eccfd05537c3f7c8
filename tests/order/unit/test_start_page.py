"""Who works on one page all day begins there."""

import pytest

from sales_wh_flow.order.rules.start_page import start_page


@pytest.mark.parametrize(
	("roles", "page"),
	[
		(("All", "Guest", "Desk User", "Stock User"), "pick"),
		(("All", "Delivery User"), "deliver"),
		(("Stock User", "Delivery User"), "pick"),
		(("Stock User", "Stock Manager"), ""),
		(("Stock User", "Sales User"), ""),
		(("Delivery User", "System Manager"), ""),
		(("All", "Employee"), ""),
		((), ""),
	],
)
def test_pickers_and_drivers_begin_with_their_page_and_nobody_else(roles, page):
	assert start_page(roles) == page
