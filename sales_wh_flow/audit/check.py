"""Look whether orders, stock, boxes and returns are what they must be; say what is not, change nothing."""

from collections.abc import Iterable

from sales_wh_flow.audit.rules import invariants
from sales_wh_flow.audit.rules.invariants import Finding
from sales_wh_flow.audit.store import evidence
from sales_wh_flow.base.settings import STOCK_LOCK, any_on, is_on


def look(items: Iterable[str] | None = None, orders: Iterable[str] | None = None) -> tuple[Finding, ...]:
	"""What must not be, of the whole site, or of these items and orders; empty when all is well.

	What is read is one committed state: that of the moment at which the transaction first read.
	"""
	scope = evidence.scope_of(items, orders)
	return invariants.judge(evidence.read_evidence(scope, with_events=is_on(STOCK_LOCK), with_flow=any_on()))
