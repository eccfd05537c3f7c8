"""Books that a company in memory keeps so that no step has to look at all its orders."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from itertools import accumulate

from sales_wh_flow.approval.rules import needs
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow_demo.dataset import DataSet, Order, Purchase
from sales_wh_flow_demo.world_state import OrderState


class Ledger:
	"""What each customer owes: invoices up to a day, less what they paid, and orders submitted.

	Unit: counted in cents of the company's currency, so that a running sum gathers no float noise.
	"""

	def __init__(self, data: DataSet):
		booked: dict[str, list[tuple[date, int]]] = {}
		for invoice in data.invoices:
			booked.setdefault(invoice.customer, []).append((invoice.date, _cents(invoice.amount)))
		for payment in data.payments:
			booked.setdefault(payment.customer, []).append((payment.date, -_cents(payment.amount)))
		self._days: dict[str, list[date]] = {}
		self._sums: dict[str, list[int]] = {}
		for customer, rows in booked.items():
			rows.sort()
			self._days[customer] = [day for day, _amount in rows]
			self._sums[customer] = [0, *accumulate(amount for _day, amount in rows)]
		self._ordered: dict[str, dict[str, int]] = {}
		self._totals: dict[str, int] = {}

	def order(self, state: OrderState) -> None:
		"""The order counts from now on."""
		orders = self._ordered.setdefault(state.customer.name, {})
		orders[state.order.name] = _cents(state.total_base)
		self._totals[state.customer.name] = (
			self._totals.get(state.customer.name, 0) + orders[state.order.name]
		)

	def cancel(self, state: OrderState) -> None:
		self._totals[state.customer.name] -= self._ordered[state.customer.name].pop(state.order.name)

	def owed(self, customer: str, today: date, but_not: str = "") -> float:
		sums = self._sums.get(customer)
		booked = sums[bisect_right(self._days[customer], today)] if sums else 0
		own = self._ordered.get(customer, {}).get(but_not, 0)
		return (booked + self._totals.get(customer, 0) - own) / 100


class Tasks:
	"""The orders that somebody has something to do about, by kind of work; the rest is left in peace."""

	def __init__(self) -> None:
		self._waiting: dict[str, dict[str, OrderState]] = {kind: {} for kind in _kinds}

	def update(self, state: OrderState) -> None:
		for kind, has_work in _kinds.items():
			if has_work(state):
				self._waiting[kind].setdefault(state.order.name, state)
			else:
				self._waiting[kind].pop(state.order.name, None)

	def of(self, kind: str) -> list[OrderState]:
		return list(self._waiting[kind].values())

	def drop(self, kind: str, state: OrderState) -> None:
		"""Nothing can be done about it any more."""
		self._waiting[kind].pop(state.order.name, None)


DECIDE, REVISE, PICK, CONFIRM, DISPATCH, ARRIVE = (
	"decide",
	"revise",
	"pick",
	"confirm",
	"dispatch",
	"arrive",
)

_kinds: dict[str, Callable[[OrderState], bool]] = {
	DECIDE: lambda state: any(asked.state == needs.OPEN for asked in state.approvals),
	REVISE: lambda state: any(asked.state == needs.REJECTED for asked in state.approvals),
	PICK: lambda state: any(not lock.pick_list for lock in state.locks),
	CONFIRM: lambda state: any(pick.state == "Draft" for pick in state.pick_lists),
	DISPATCH: lambda state: any(pick.state == "Picked" for pick in state.pick_lists),
	ARRIVE: lambda state: any(
		not (delivery.is_confirmed or delivery.is_refused) for delivery in state.deliveries
	),
}


class Arrivals:
	"""Purchases by the day they are expected and by the Bin they go to; each row is received once."""

	def __init__(self, purchases: Iterable[Purchase]):
		self._left = sorted(purchases, key=lambda row: row.expected, reverse=True)
		self._by_bin: dict[BinKey, list[Purchase]] = {}
		for row in reversed(self._left):
			self._by_bin.setdefault((row.item, row.warehouse), []).append(row)
		self._received: set[Purchase] = set()

	def take(self, purchase: Purchase) -> bool:
		"""Whether it has not come in before."""
		is_new = purchase not in self._received
		self._received.add(purchase)
		return is_new

	def due(self, today: date) -> dict[str, list[Purchase]]:
		"""What was expected up to today and has not come, by number."""
		due: dict[str, list[Purchase]] = {}
		while self._left and self._left[-1].expected <= today:
			row = self._left.pop()
			if row not in self._received:
				due.setdefault(row.name, []).append(row)
		return due

	def next(self, key: BinKey, today: date) -> Purchase | None:
		"""The first that is still to come to this Bin."""
		rows = self._by_bin.get(key, [])
		while rows and (rows[0] in self._received):
			rows.pop(0)
		return next((row for row in rows if row.expected >= today and row not in self._received), None)


def by_day(orders: Iterable[Order]) -> dict[date, list[Order]]:
	found: dict[date, list[Order]] = {}
	for order in orders:
		found.setdefault(order.date, []).append(order)
	return found


def _cents(amount: float) -> int:
	return round(amount * 100)
