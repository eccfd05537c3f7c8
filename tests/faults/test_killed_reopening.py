"""Re-open is killed at every step, before and after the step is written, and comes to the same end."""

import pytest

import frappe
from frappe.utils import nowdate

from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
from erpnext.controllers.accounts_controller import update_child_qty_rate

from sales_wh_flow.audit import check
from sales_wh_flow.order_changes import update_items
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.returns import api, jobs
from tests import factories
from tests.racing import world
from tests.racing.harness import call_of
from tests.returns import returns_world
from tests.returns.race import acting

STEPS = 7  # draft list, payment, invoice, note, list, order, its new draft


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")


def paid_by(invoice):
	"""What the customer paid for the invoice."""
	entry = get_payment_entry("Sales Invoice", invoice.name)
	entry.update({"reference_no": "1", "reference_date": nowdate()})
	return entry.insert().submit()


def change_qty(order, qty):
	row = order.items[0]
	values = {
		"docname": row.name,
		"item_code": row.item_code,
		"qty": qty,
		"rate": row.rate,
		"conversion_factor": 1,
	}
	text = frappe.as_json([values])
	update_items.update(order.name, [values], lambda: update_child_qty_rate("Sales Order", text, order.name))


def done_steps(reopening):
	frappe.db.rollback()
	return frappe.db.count("Order Reopening Step", {"parent": reopening, "done_on": ("is", "set")})


def test_an_order_that_is_opened_again_survives_a_kill_at_every_step(race):
	(item,) = world.stocked_items(1, 10)
	order, note = returns_world.delivered(factories.line(item, qty=4), warehouse=world.warehouse())
	paid = paid_by(returns_world.invoiced(note))
	change_qty(order, 6)
	frappe.db.commit()
	picking_api.make_pick_lists(order.name)
	frappe.db.commit()
	choice = [{"payment": paid.name, "choice": "Unlink"}]
	name = api.reopen_order(order.name, "Draft", "mistake", frappe.as_json(choice))
	frappe.db.commit()
	for step in range(STEPS):
		for is_written in (False, True):
			(outcome,) = race(call_of(acting.reopen_and_die, name, is_written))
			assert outcome.error == "ProcessDied", outcome.text
			assert done_steps(name) == step + is_written
	jobs.reopen_order(name)
	frappe.db.rollback()
	record = frappe.get_doc("Order Reopening", name)
	assert (record.state, record.stopped_by, len(record.steps)) == ("Done", None, STEPS)
	assert frappe.get_all("Sales Order", {"amended_from": order.name}, pluck="name") == [record.new_order]
	paid.reload()
	assert (paid.docstatus, paid.unallocated_amount, paid.references) == (1, paid.paid_amount, [])
	stock = world.stock_of(item)
	assert (stock.on_hand, stock.ledger, stock.locked, stock.written, stock.demand) == (10, 10, 0, 0, 0)
	assert not check.look(items=[item])
