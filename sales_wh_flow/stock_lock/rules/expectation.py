"""When waiting demand can expect its stock, if everybody is served in turn."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.stock_lock.rules.allocation import turn
from sales_wh_flow.stock_lock.rules.facts import WaitingLine


@dataclass(frozen=True, slots=True)
class Incoming:
	"""Stock that is on its way to a warehouse: how much, when, and by which document."""

	item_code: str
	warehouse: str
	qty_stock: float
	due: date
	document: str
	document_type: str = ""


def expected(waiting: Iterable[WaitingLine], incoming: Iterable[Incoming]) -> dict[str, date | None]:
	"""Row name -> the day by which all it waits for is due, None where what is on its way does not suffice.

	Lines take from the earliest delivery in the order of their turns, as waiting demand is served.
	"""
	supply: dict[BinKey, deque[list[Any]]] = defaultdict(deque)
	for delivery in sorted(incoming, key=lambda it: (it.due, it.document)):
		if is_positive(delivery.qty_stock):
			supply[delivery.item_code, delivery.warehouse].append([delivery.qty_stock, delivery.due])
	days = {}
	for line in sorted(waiting, key=turn):
		days[line.row] = _take(supply[line.item_code, line.warehouse], line.qty_stock)
	return days


def _take(deliveries: deque[list[Any]], needed: float) -> date | None:
	while deliveries and is_positive(needed):
		qty, due = deliveries[0]
		taken = min(qty, needed)
		needed = rounded(needed - taken)
		deliveries[0][0] = rounded(qty - taken)
		if not is_positive(deliveries[0][0]):
			deliveries.popleft()
		if not is_positive(needed):
			return due
	return None
