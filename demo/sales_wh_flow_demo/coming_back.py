"""Deliveries that are refused at the door, in memory: what comes back is judged by the rules of returns."""

from collections.abc import Iterator
from zlib import crc32

from sales_wh_flow.returns.rules import facts, judge
from sales_wh_flow.returns.rules.facts import CaseRow, ShippedRow
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo import sample
from sales_wh_flow_demo import sample_words as words
from sales_wh_flow_demo.dataset import StockRow
from sales_wh_flow_demo.outgoing import confirm_delivery
from sales_wh_flow_demo.world import World
from sales_wh_flow_demo.world_state import Delivery, OrderState

WHY = "Not Ordered"


def arrive(world: World, state: OrderState, delivery: Delivery) -> None:
	"""The delivery is taken, or refused; then its goods are back the same day, and serve who waits."""
	if not _is_refused(world, state, delivery):
		confirm_delivery(world, state, delivery)
		return
	name, today = state.order.name, world.today
	delivery.is_refused = True
	world.tell(state, ev.GoodsRefused(today, name, delivery.rows, WHY))
	told: dict[str, list[ev.Row]] = {}
	for row, goods, decision in _decided(world, state, delivery):
		told.setdefault(decision, []).append(row)
		if decision == facts.RESTOCK:
			world.stock.receive(goods)
	world.tell(
		state,
		*(
			ev.GoodsReturned(today, name, tuple(rows), decision, facts.NOTHING, delivery.name)
			for decision, rows in told.items()
		),
	)
	world.serve({row.item for row in told.get(facts.RESTOCK, ())}, f"refused {delivery.name}")


def _is_refused(world: World, state: OrderState, delivery: Delivery) -> bool:
	"""The same deliveries in every run, about one of so many."""
	if world.data.company.name != sample.COMPANY.name:
		return False  # of a company's own orders nobody has said so
	return crc32(f"{state.order.name} {delivery.name}".encode()) % words.REFUSED_EVERY == 0


def _decided(world: World, state: OrderState, delivery: Delivery) -> Iterator[tuple[ev.Row, StockRow, str]]:
	"""Back to stock, unless the rules of returns are against it, as for what has expired meanwhile."""
	for place, (row, goods) in enumerate(zip(delivery.rows, delivery.goods, strict=True)):
		key = f"{delivery.name}-{place}"
		is_expired = goods.expires is not None and goods.expires < world.today
		shipped = ShippedRow(
			*(key, delivery.name, state.customer.name, world.data.company.name, row.item, row.item, row.uom),
			*(1.0, row.warehouse, row.qty, world.today, state.order.name, row.row),
			has_serials=bool(goods.serial_no),
			batches={goods.batch: row.qty} if goods.batch else None,
			serials=frozenset({goods.serial_no} - {""}),
			expired=frozenset({goods.batch} if is_expired else ()),
		)
		case = CaseRow(
			*(place + 1, key, key, row.qty, row.qty, row.qty, goods.batch),
			(goods.serial_no,) if goods.serial_no else (),
			facts.RESTOCK,
			facts.NOTHING,
		)
		problems = judge.problems_of_posting([case], {key: shipped})
		yield row, goods, facts.QUARANTINE if problems else facts.RESTOCK
