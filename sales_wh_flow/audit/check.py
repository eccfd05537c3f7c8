"""Look whether orders, stock, boxes and returns are what they must be; say what is not, change nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from sales_wh_flow.audit.rules import invariants
from sales_wh_flow.audit.rules.invariants import Finding
from sales_wh_flow.audit.store import evidence, parts
from sales_wh_flow.audit.store.line_evidence import AuditScope
from sales_wh_flow.base.settings import STOCK_LOCK, any_on, is_on

ITEMS, ORDERS = "items", "orders"
_MOST = {ITEMS: 500, ORDERS: 2000}
"""How many names a part has."""


@dataclass(frozen=True, slots=True)
class Stretch:
	"""A part of the whole check: the stock of some items, or some orders with all that belongs to them.

	``kind`` is ITEMS or ORDERS; with ``last`` it names the part to whoever goes on behind it.
	"""

	kind: str
	names: tuple[str, ...]

	@property
	def last(self) -> str:
		return self.names[-1]


def look(items: Iterable[str] | None = None, orders: Iterable[str] | None = None) -> tuple[Finding, ...]:
	"""What must not be, of the whole site, or of these items and orders; empty when all is well.

	What is read is one committed state: that of the moment at which the transaction first read.
	"""
	return invariants.judge(_read(evidence.scope_of(items, orders)))


def part_after(kind: str = ITEMS, last: str = "") -> Stretch | None:
	"""The part behind another one, which names it; None when nothing is left to look at.

	All parts together look at the whole site, however big it is: first at all items, then at all orders.
	"""
	if kind == ITEMS:
		names = parts.next_items(last, _MOST[ITEMS])
		if names:
			return Stretch(ITEMS, names)
		last = ""
	names = parts.next_orders(last, _MOST[ORDERS])
	return Stretch(ORDERS, names) if names else None


def look_at(part: Stretch) -> tuple[Finding, ...]:
	"""What must not be in one part; it is one committed state, when the transaction begins with it."""
	if part.kind == ITEMS:
		return invariants.find_in_stock(_read(AuditScope(orders=(), items=part.names)))
	return invariants.find_in_orders(_read(AuditScope(orders=part.names, items=(), is_part=True)))


def _read(scope: AuditScope):
	return evidence.read_evidence(scope, with_events=is_on(STOCK_LOCK), with_flow=any_on())
