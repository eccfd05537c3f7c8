"""What clock, forecast, delays, messages and money add to the statements of a save."""

import os

import pytest

from tests.factories import counted_statements, line, make_item, make_order, make_warehouse, receive
from tests.milestones.messages_world import make_message_rule, reachable_customer

LOCKED = {"stock_lock": True, "fulfilment": True}
FOLLOWED = {**LOCKED, "forecast": True, "delay_alerts": "On", "messages": "On"}
MOST, MOST_IN_ALL = 3, 18


def statements_of(act) -> int:
	with counted_statements() as seen:
		act()
	return len(seen)


def costs(lines: int) -> dict[str, int]:
	"""Statements of a first save, another one, and a save after the submit, of an order of so many lines."""
	place, customer = make_warehouse(), reachable_customer()
	items = [make_item() for _ in range(lines)]
	for item in items:
		receive(item, 10, place)
	warm = make_order(*(line(item, qty=1, warehouse=place) for item in items), customer=customer)
	warm.submit()
	order = make_order(*(line(item, qty=1, warehouse=place) for item in items), customer=customer)
	again = statements_of(lambda: (order.update({"po_no": "A"}) and None) or order.save())
	submit = statements_of(order.submit)
	order.reload()
	order.po_no = "B"
	after = statements_of(order.save)
	return {"save": again, "submit": submit, "save after submit": after}


IN_FULL = pytest.mark.skipif(not os.environ.get("SWHF_IN_FULL"), reason="runs with --thorough")


@pytest.mark.parametrize("lines", [1, pytest.param(6, marks=IN_FULL)])
def test_a_save_costs_at_most_three_statements_more_for_clock_forecast_and_messages(switches, lines):
	for milestone in ("Confirmed", "Approved and Locked", "Delayed"):
		make_message_rule(milestone)
	switches(**LOCKED)
	plain = costs(lines)
	switches(**FOLLOWED)
	found = costs(lines)
	more = {what: found[what] - plain[what] for what in found}
	assert more["save"] <= MOST and more["save after submit"] <= MOST, more
	assert more["submit"] <= MOST_IN_ALL, more
