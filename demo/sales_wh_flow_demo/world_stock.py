"""The goods of a company in memory: what comes in, is locked for orders, and served to who waits."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta

from sales_wh_flow.base.quantities import is_positive, open_qty, rounded
from sales_wh_flow.order.rules import status
from sales_wh_flow.stock_lock.rules import allocation
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.dataset import BATCH, SERIAL, DataSet, Purchase, StockRow
from sales_wh_flow_demo.stock import StockBook
from sales_wh_flow_demo.world_books import Arrivals, Tasks
from sales_wh_flow_demo.world_queue import Waiting
from sales_wh_flow_demo.world_state import Line, Lock, OrderState, PickList


class Stockroom:
	"""``watch(self)`` is called after each event: the place for a checker.

	``hear(event)`` is given each event; without it they are kept in ``events``. ``last``: the latest one.
	"""

	def __init__(
		self,
		data: DataSet,
		watch: Callable[["Stockroom"], None] | None = None,
		hear: Callable[[ev.Event], None] | None = None,
	):
		self.data = data
		self.watch = watch
		self.last: ev.Event | None = None
		self.today = date.min
		self.events: list[ev.Event] = []
		self._hear = hear or self.events.append
		self.orders: dict[str, OrderState] = {}
		self.stock = StockBook()
		self.tasks = Tasks()
		self.waiting = Waiting()
		self.arrivals = Arrivals(data.purchases)
		self.items = {item.code: item for item in data.items}
		self._numbers: dict[str, int] = {}
		for row in data.stock:
			self.stock.receive(row)

	def receive(self, purchases: Iterable[Purchase]) -> tuple[str, ...]:
		"""Takes the goods of one delivery into stock, then serves waiting demand; the orders served."""
		purchases = [row for row in purchases if self.arrivals.take(row)]
		if not purchases:
			return ()
		for purchase in purchases:
			for row in self._arriving(purchase):
				self.stock.receive(row)
		name = purchases[0].name
		rows = tuple(
			ev.Row("", 0, row.item, row.warehouse, row.qty, self.items[row.item].uom) for row in purchases
		)
		self.record(ev.GoodsReceived(self.today, "", name, rows))
		return self.serve({row.item for row in purchases}, f"purchase {name}")

	def serve(self, items: Collection[str], cause: str) -> tuple[str, ...]:
		"""Gives free stock of these items to who waits for it, in their turn; the orders that got some."""
		free = self.stock.free(self.waiting.bins(items), self.today)
		served = []
		for state in self.waiting.in_turn(free):
			lines = [
				line
				for line in state.lines
				if is_positive(line.waiting) and is_positive(free.get(line.bin_key, 0.0))
			]
			locked = self.lock(state, lines)
			free.update(self.stock.free({line.bin_key for line in lines}, self.today))
			if locked:
				served.append(state.order.name)
				self.tell(state, ev.StockLocked(self.today, state.order.name, locked, cause))
		return tuple(served)

	def lock(self, state: OrderState, lines: list[Line]) -> tuple[ev.Row, ...]:
		"""Locks what the plan grants; the waiting demand of each line falls by it."""
		by_row = {line.row: line for line in lines}
		free = self.stock.free({line.bin_key for line in lines}, self.today)
		rows = []
		for grant in allocation.plan([line.facts() for line in lines], free).grants:
			line = by_row[grant.row]
			for lot, qty in self.stock.lock(line.bin_key, grant.qty_stock, self.today):
				state.locks.append(Lock(line, lot, qty))
				line.locked = rounded(line.locked + qty)
				line.waiting = open_qty(line.waiting, qty)
				rows.append(line.as_row(qty, lot))
		self.waiting.update(state, lines)
		return tuple(rows)

	def give_back_expired(
		self, state: OrderState, locks: Collection[Lock], pick_list: PickList | None = None
	) -> bool:
		"""Whether batches expired since they were locked: they stay, other goods of their Bin take their
		place, and for what there is none the line waits.
		"""
		expired = [lock for lock in locks if self.stock.is_expired(lock.line.bin_key, lock.lot, self.today)]
		if not expired:
			return False
		for lock in expired:
			self.stock.unlock(lock.line.bin_key, lock.lot, lock.qty)
			lock.line.locked = rounded(lock.line.locked - lock.qty)
			lock.line.waiting = rounded(lock.line.waiting + lock.qty)
			state.locks.remove(lock)
			if pick_list:
				pick_list.locks.remove(lock)
		if pick_list and not pick_list.locks:
			pick_list.state = "Dropped"
		rows = tuple(lock.line.as_row(lock.qty, lock.lot) for lock in expired)
		lines = [line for line in state.lines if any(lock.line is line for lock in expired)]
		instead = self.lock(state, lines)
		self.tell(state, ev.BatchExpired(self.today, state.order.name, rows, instead))
		return True

	def _arriving(self, purchase: Purchase) -> list[StockRow]:
		item = self.items[purchase.item]
		lot = f"{item.code}-{purchase.name}"
		if item.tracking == BATCH:
			nth = self.count(f"batch {lot}")
			batch = lot if nth == 1 else f"{lot}-{nth}"
			expires = purchase.expected + timedelta(days=365)
			return [StockRow(item.code, purchase.warehouse, purchase.qty, batch, expires)]
		if item.tracking == SERIAL:
			return [
				StockRow(item.code, purchase.warehouse, 1.0, serial_no=f"{lot}-{self.count(lot):03d}")
				for _piece in range(int(purchase.qty))
			]
		return [StockRow(item.code, purchase.warehouse, purchase.qty)]

	def incoming(self, line: Line) -> str:
		"""What comes next to the line's warehouse, in words."""
		purchase = self.arrivals.next(line.bin_key, self.today)
		if not purchase:
			return ""
		return f"{purchase.qty:g} {line.item.uom} on {purchase.name}, expected {purchase.expected:%d %b}"

	def broken(self, line: Line) -> str:
		"""What lies free in its Bin and is not given to it, for it goes in whole boxes only, in words."""
		free = self.stock.free((line.bin_key,), self.today)[line.bin_key]
		if not is_positive(free):
			return ""
		unit = f"{line.item.order_uom} of " if line.step == line.item.order_uom_factor else ""
		return f"{free:g} {line.item.uom} lie there, less than a {unit or 'lot of '}{line.step:g}"

	def elsewhere(self, line: Line) -> str:
		"""What other warehouses have free of its item, in words."""
		keys = [
			(line.item.code, place.name) for place in self.data.warehouses if place.name != line.warehouse
		]
		free = [
			(qty, warehouse)
			for (_item, warehouse), qty in self.stock.free(keys, self.today).items()
			if is_positive(qty)
		]
		free.sort(key=lambda offer: (-offer[0], offer[1]))
		return ", ".join(f"{qty:g} in {warehouse}" for qty, warehouse in free[:3])

	def next_name(self, series: str) -> str:
		return f"{series}-{self.count(series):04d}"

	def count(self, series: str) -> int:
		self._numbers[series] = self._numbers.get(series, 0) + 1
		return self._numbers[series]

	def tell(self, state: OrderState, *story: ev.Event) -> None:
		"""Records the events, then the status when it changed."""
		self.tasks.update(state)
		if not story:
			return
		now = status.derive(state.status_facts())
		if now != state.status:
			state.status = now
			story = (*story, ev.StatusReached(self.today, state.order.name, now))
		self.record(*story)

	def record(self, *story: ev.Event) -> None:
		for event in story:
			self.last = event
			self._hear(event)
			if self.watch:
				self.watch(self)
