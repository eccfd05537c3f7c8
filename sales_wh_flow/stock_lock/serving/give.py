"""Give stock that one order holds to another one that waits for it: by a person, with a reason."""

from collections.abc import Mapping
from dataclasses import replace

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.order.permissions import readable_orders
from sales_wh_flow.stock_lock import sayings, tell_sellers
from sales_wh_flow.stock_lock.answers import Receiver
from sales_wh_flow.stock_lock.rules import serving
from sales_wh_flow.stock_lock.rules.allocation import WHAT_IS_THERE
from sales_wh_flow.stock_lock.rules.facts import HeldLine, WaitingLine
from sales_wh_flow.stock_lock.rules.serving_policy import MUST
from sales_wh_flow.stock_lock.serving import queue, serve
from sales_wh_flow.stock_lock.store import free_stock, picked_or_leaving, waiting_lines


def give_to(order: str, receiver: str, reason: str, most: Mapping[str, float] | None = None) -> float:
	"""Give what the receiver waits for; ``most`` {row of the giving order: quantity} limits it; of a
	bundle that is the number of bundles.

	Call it in a fresh transaction. Returns the quantity given, in stock UOM. Raises: ValidationError
	without a reason, between companies, or where nothing can be given: what is picked or about to be
	delivered stays.
	"""
	why = require_reason(reason, RuleViolation("give_reason_missing", order=order, to=receiver))
	hold_rows.hold_order_rows([order, receiver])
	held = _held(order, most)
	wanted = [
		replace(line, serving_class=MUST, take=WHAT_IS_THERE, is_shared=False)
		for line in queue.in_turn(waiting_lines.lines_of(receiver))
	]
	if held and wanted and held[0].company != wanted[0].company:
		refuse(RuleViolation("other_company", order=order, to=receiver))
	plan = serving.share_free(*_what_it_completes(wanted, held), held)
	if not plan.cuts or order == receiver:
		refuse(RuleViolation("nothing_to_give", order=order, to=receiver))
	share = serve.Share(
		plan.grants,
		plan.cuts,
		reason=said.keep(sayings.given_by, order=order, why=why),
		cut_reason=said.keep(sayings.given_to, order=receiver, why=why),
		is_by_hand=True,
	)
	served = serve.carry_out(share)
	tell_sellers.what_their_orders_got(served.got, served.lost)
	return served.got.get(receiver, 0.0)


def receivers(order: str, row: str | None = None) -> list[Receiver]:
	"""Orders that wait for something this order, or this row of it, holds untouched, in turn; only those the
	user may read.
	"""
	held = [it for it in _held(order, None) if row in (None, it.row)]
	keys = {it.bin_key for it in held}
	lines = [
		line
		for item_code in sorted({item for item, _warehouse in keys})
		for line in waiting_lines.waiting_lines_in(item_code=item_code, company=held[0].company)
		if line.bin_key in keys and line.order != order
	]
	asked: dict[str, float] = {}
	for line in queue.in_turn(lines):
		asked[line.order] = asked.get(line.order, 0.0) + line.qty_stock
	readable = readable_orders(asked)
	return [
		{"sales_order": name, "customer": readable[name], "qty": qty}
		for name, qty in asked.items()
		if name in readable
	]


def _what_it_completes(wanted: list[WaitingLine], held: list[HeldLine]) -> tuple[list[WaitingLine], dict]:
	"""Lines that wait for what is held, and free stock for the other components of their bundles."""
	keys = {it.bin_key for it in held}
	bundles = {line.bundle for line in wanted if line.bundle and line.bin_key in keys}
	lines = [line for line in wanted if line.bundle in bundles or line.bin_key in keys]
	return lines, free_stock.free_of_bins({line.bin_key for line in lines} - keys)


def _held(order: str, most: Mapping[str, float] | None) -> list[HeldLine]:
	"""What the order holds untouched, of the rows and up to the quantities that are asked for."""
	held = picked_or_leaving.untouched_locks(orders=[order])
	if most is None:
		return held
	left = {(it.row, it.bin_key): most.get(it.row, 0.0) * (it.per_bundle or 1.0) for it in held}
	found = []
	for it in held:
		key = (it.row, it.bin_key)
		qty = rounded(min(it.qty_stock, left[key]))
		if qty > 0 and (qty == it.qty_stock or not it.is_one_piece):
			left[key] -= qty
			found.append(replace(it, qty_stock=qty))
	return found
