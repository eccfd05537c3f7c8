"""The one place that writes an order's flow status, and the stage log and forecast that follow."""

from collections.abc import Iterable, Mapping

from sales_wh_flow.base import background, hold_rows, own_hooks
from sales_wh_flow.base.settings import any_on
from sales_wh_flow.order import board_news, refresh_forecast
from sales_wh_flow.order.rules import stages, status
from sales_wh_flow.order.store import inward_orders, stage_log
from sales_wh_flow.order.store import status as order_status
from sales_wh_flow.order.store.stage_log import StageStep
from sales_wh_flow.order.store.status import OrderStatus, Written

_LOOK_AGAIN = "sales_wh_flow.order.jobs.follow_statuses"


def refresh_order(order: str | None) -> str | None:
	"""Derive and write the status of one order; None when every switch is off or the order is gone."""
	if not order or not any_on():
		return None
	found = order_status.status_facts(order)
	if not found:
		return None
	return _write({order: found})[order]


def of_draft(doc) -> None:
	"""After a draft was saved; its submit and later changes refresh by themselves."""
	if doc.docstatus.is_draft():
		doc.swf_flow_status = refresh_order(doc.name) or doc.get("swf_flow_status")


def refresh_orders_of(doc, table: str, field: str) -> None:
	"""The orders that a document's rows point at."""
	of_all(row.get(field) for row in doc.get(table) or ())


def of_submitted(doc, table: str, field: str) -> None:
	"""The orders of a document that was submitted or cancelled. Another one that is submitted at the same
	moment still looks like a draft: orders of which that can be so are looked at once more after the commit.
	"""
	known = of_all(row.get(field) for row in doc.get(table) or ())
	in_doubt = [name for name, found in known.items() if status.is_in_doubt(found.facts)]
	if in_doubt:
		background.run(_LOOK_AGAIN, orders=in_doubt)


def of_all(orders: Iterable[str | None]) -> Mapping[str, OrderStatus]:
	"""Several orders at once: two statements, however many they are, and three more if stages change.
	Returns their facts, none while every switch is off.
	"""
	names = sorted({order for order in orders if order})
	if not (names and any_on()):
		return {}
	known = order_status.facts_of_all(names)
	_write(known)
	return known


def not_as_facts_say(orders: Iterable[str]) -> list[str]:
	"""Those of the orders that show another status or stage than their facts say; one statement."""
	known = order_status.facts_of_all(orders)
	derived, steps = _judged(known)
	return [name for name, found in known.items() if name in steps or derived[name] != found.flow_status]


def refresh_held(order: str) -> None:
	"""As ``of_all``, of one order that is held before anything is read of it; it begins a transaction."""
	hold_rows.hold_order_rows([order])
	of_all([order])


def _write(known: Mapping[str, OrderStatus]) -> dict[str, str]:
	"""Write what is not as its facts say. Returns the flow status of each order."""
	derived, steps = _judged(known)
	rows = stage_log.enter_stages(steps)
	written = {name: Written(derived[name], steps[name].stage, row) for name, row in rows.items()}
	for name, found in known.items():
		if name not in written and derived[name] != found.flow_status:
			written[name] = Written(derived[name])
	order_status.write_all(written)
	_say({name: (known[name].flow_status, it.flow_status) for name, it in written.items()})
	if refresh_forecast.refresh_forecasts(known) or written:
		board_news.tell_soon()
	return derived


def _judged(known: Mapping[str, OrderStatus]) -> tuple[dict[str, str], dict[str, StageStep]]:
	"""({order: its status by its facts}, the stages that are new)."""
	derived = {name: status.derive(found.facts) for name, found in known.items()}
	return derived, _new_stages(known, derived)


def _say(changes: Mapping[str, tuple[str | None, str]]) -> None:
	"""Tell capabilities above what came of it: {order: (flow status before, now)}."""
	moved = {order: pair for order, pair in changes.items() if pair[0] != pair[1]}
	for tell in own_hooks.hooked("swf_flow_status_changed") if moved else ():
		tell(moved)


def _new_stages(known: Mapping[str, OrderStatus], derived: Mapping[str, str]) -> dict[str, StageStep]:
	entered = {}
	for name, found in known.items():
		stage = stages.stage_of(derived[name], found.facts)
		if stage.key != found.stage:
			entered[name] = StageStep(stage, derived[name], found.company, found.warehouse)
	return entered


def of_paid_orders(payment, table: str, kind: str, name: str) -> None:
	"""The orders that a Payment Entry or a Journal Entry pays, directly or through their invoices."""
	if any_on():
		rows = payment.get(table) or ()
		orders = {row.get(name) for row in rows if row.get(kind) == "Sales Order"}
		invoices = {row.get(name) for row in rows if row.get(kind) == "Sales Invoice"}
		of_all(orders | order_status.orders_of_invoices(invoices))


def hold_inward_order(stock_entry) -> None:
	"""Before a Stock Entry holds its Bins: hold the order of work on a customer's material that it is for."""
	if any_on() and (order := inward_orders.order_of_entry(stock_entry)):
		hold_rows.hold_order_row(order)


def of_inward_order(stock_entry) -> None:
	"""The order of work on a customer's material that a Stock Entry sends or takes back. It waited for others
	of the order, but sees them as they were before: the order is looked at once more after the commit.
	"""
	if any_on() and (order := inward_orders.order_of_entry(stock_entry)):
		refresh_order(order)
		background.run(_LOOK_AGAIN, orders=[order])


def of_packing_slip(slip) -> None:
	"""The orders whose goods a Packing Slip packs."""
	if any_on():
		of_all(order_status.orders_of_delivery_note(slip.delivery_note))
