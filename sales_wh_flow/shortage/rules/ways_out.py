"""What can be done about a line that its stock does not cover, and what each way would do."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded, whole_part

PURCHASE, TRANSFER, MANUFACTURE = "Purchase", "Material Transfer", "Manufacture"
"""Types of a Material Request, as ERPNext calls them."""

ORDER, SUBSTITUTE, BACKORDER, CLOSE_SHORT = "Purchase Order", "Substitute", "Backorder", "Close Short"
ACTIONS = (PURCHASE, TRANSFER, MANUFACTURE, ORDER, SUBSTITUTE, BACKORDER, CLOSE_SHORT)

OPEN_AGAIN = "Open Again"
"""What was closed short is ordered again."""

REQUEST, NOTHING = "Material Request", "None"
AUTOMATIC = (NOTHING, REQUEST, ORDER, BACKORDER)
"""What a policy may let run by itself when an order is submitted."""

KEEP_PRICE, LIST_PRICE, LOWER_PRICE = "Keep the Old Price", "Price List of the Substitute", "Lower of Both"
PRICE_RULES = (KEEP_PRICE, LIST_PRICE, LOWER_PRICE)


@dataclass(frozen=True, slots=True)
class ShortBundle:
	"""The order line of a component that waits: ``missing_stock`` of it can't be made, in whole bundles;
	``ordered_stock``: all of the line. Both in the line's stock UOM.
	"""

	row: str
	item_code: str
	warehouse: str
	missing_stock: float
	ordered_stock: float


@dataclass(frozen=True, slots=True)
class ShortLine:
	"""A line that waits for stock. ``missing_stock``: what it waits for; ``ordered_stock``: all of the line;
	``asked_stock``: what is requested, ordered or being made for it already.

	``elsewhere``: (warehouse, free quantity) of other warehouses, the largest first. ``supplier``: the
	default one, "" for none. ``has_bom``: the item can be made. ``is_whole``: only whole stock units.
	``bundle``: a component's order line; ``row`` is then its Packed Item.
	"""

	row: str
	idx: int
	item_code: str
	warehouse: str
	missing_stock: float
	ordered_stock: float = 0.0
	asked_stock: float = 0.0
	elsewhere: tuple[tuple[str, float], ...] = ()
	supplier: str = ""
	is_purchased: bool = True
	has_bom: bool = False
	is_whole: bool = False
	bundle: ShortBundle | None = None

	@property
	def order_row(self) -> str:
		"""The order line: the bundle's for a component."""
		return self.bundle.row if self.bundle else self.row

	@property
	def unasked_stock(self) -> float:
		"""What nobody has been asked for yet."""
		return max(rounded(self.missing_stock - self.asked_stock), 0.0)


@dataclass(frozen=True, slots=True)
class Offer:
	"""One way out of a shortage: how much it would cover, of what (``parts``: (warehouse or supplier,
	quantity)), or the code of the reason why it can't be taken.
	"""

	action: str
	qty_stock: float = 0.0
	parts: tuple[tuple[str, float], ...] = ()
	why_not: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
	"""A rule of what runs by itself. Empty scopes mean any."""

	action: str
	customer_group: str = ""
	item_group: str = ""


@dataclass(frozen=True, slots=True)
class Substitute:
	"""An item that may stand in. ``via``: the items between, when it is the substitute of a substitute."""

	item_code: str
	via: tuple[str, ...] = ()


def offers(line: ShortLine) -> tuple[Offer, ...]:
	"""Every way to get or give up what the line misses, in the order of ACTIONS but for substitutes.

	What was asked for already is never asked for again; giving up or splitting off covers all that is
	missing, of a component the bundles that can't be made without it.
	"""
	given_up = line.bundle.missing_stock if line.bundle else line.missing_stock
	ask = line.unasked_stock
	moved = transfer_parts(ask, line.elsewhere, line.is_whole)
	return (
		_ask(PURCHASE, ask, "" if line.is_purchased else "not_purchased"),
		Offer(TRANSFER, rounded(sum(qty for _place, qty in moved)), moved)
		if moved
		else _ask(TRANSFER, ask, "nothing_elsewhere"),
		_ask(MANUFACTURE, ask, "" if line.has_bom else "no_bom"),
		_ask(ORDER, ask, "" if line.supplier else "no_supplier", line.supplier),
		Offer(BACKORDER, given_up),
		Offer(CLOSE_SHORT, given_up),
	)


def order_lines(lines: Iterable[ShortLine]) -> tuple[ShortLine, ...]:
	"""The lines as whole order lines: components give way to their bundle, once for all of them."""
	found: dict[str, ShortLine] = {}
	for line in lines:
		if not line.bundle:
			found[line.row] = line
			continue
		kit = line.bundle
		found[kit.row] = ShortLine(
			kit.row, line.idx, kit.item_code, kit.warehouse, kit.missing_stock, kit.ordered_stock
		)
	return tuple(found.values())


def transfer_parts(
	needed: float, elsewhere: Iterable[tuple[str, float]], is_whole: bool = False
) -> tuple[tuple[str, float], ...]:
	"""(warehouse, quantity) of each transfer, in the given order of the warehouses, never more than they
	have.
	"""
	parts, left = [], needed
	for warehouse, free in elsewhere:
		take = rounded(min(left, whole_part(free) if is_whole else free))
		if is_positive(take):
			parts.append((warehouse, take))
			left = rounded(left - take)
	return tuple(parts)


def share_asked(
	missing: Iterable[tuple[str, str, float]], asked: Mapping[tuple[str, str], float]
) -> dict[str, float]:
	"""{row: what is asked for it}, of its own item: a sub-assembly that is made for a row is not what it
	misses. What is asked for no row ("") goes to the rows of its item in turn, to each what it misses beyond
	what is asked for itself. ``missing``: (row, item, quantity).
	"""
	found = {}
	left = {item: qty for (row, item), qty in asked.items() if not row}
	for row, item, qty in missing:
		own = asked.get((row, item), 0.0)
		more = min(max(qty - own, 0.0), left.get(item, 0.0))
		left[item] = left.get(item, 0.0) - more
		found[row] = rounded(own + more)
	return found


def share_out(lines: Iterable[ShortLine], free: Mapping[str, Mapping[str, float]]) -> tuple[ShortLine, ...]:
	"""The lines, each with what other warehouses have left for it: what an earlier line would take by
	transfer is not promised to a later one. ``free``: {item: {warehouse: quantity}}.
	"""
	left = {item: dict(places) for item, places in free.items()}
	shared = []
	for line in sorted(lines, key=lambda line: (line.idx, line.row)):
		places = left.get(line.item_code, {})
		there = [(name, rounded(qty)) for name, qty in places.items() if name != line.warehouse]
		offered = tuple(sorted((it for it in there if is_positive(it[1])), key=lambda it: (-it[1], it[0])))
		line = replace(line, elsewhere=offered)
		for name, qty in transfer_parts(line.unasked_stock, offered, line.is_whole):
			places[name] = rounded(places[name] - qty)
		shared.append(line)
	return tuple(shared)


def first_policy(
	policies: Iterable[Policy], customer_groups: Iterable[str], item_groups: Iterable[str]
) -> str:
	"""The action of the first policy that fits: both its groups are empty or among the given ones."""
	of_customer, of_item = set(customer_groups), set(item_groups)
	for policy in policies:
		if policy.customer_group and policy.customer_group not in of_customer:
			continue
		if policy.item_group and policy.item_group not in of_item:
			continue
		return policy.action
	return NOTHING


def request_type(line: ShortLine, preferred: str) -> str:
	"""How a request by itself gets the goods: as the item prefers, else what can be done; "" for no way."""
	can = {offer.action for offer in offers(line) if not offer.why_not}
	for kind in (preferred, TRANSFER, MANUFACTURE, PURCHASE):
		if kind in can:
			return kind
	return ""


def substitutes(
	item: str, alternatives: Mapping[str, Iterable[str]], replaced: Iterable[str] = ()
) -> tuple[Substitute, ...]:
	"""What may stand in for an item: its alternatives first, then theirs, each item once.

	Alternatives may run in a circle (A for B, B for A, or over more items): an item that was seen is not
	followed again, and neither the item itself nor one the line was ``replaced`` from comes back.
	"""
	seen = {item, *replaced}
	found: list[Substitute] = []
	waiting: deque[tuple[str, tuple[str, ...]]] = deque([(item, ())])
	while waiting:
		current, via = waiting.popleft()
		for other in sorted(alternatives.get(current, ())):
			if other not in seen:
				seen.add(other)
				found.append(Substitute(other, via))
				waiting.append((other, (*via, other)))
	return tuple(found)


def edges(rows: Iterable[tuple[str, str, bool]]) -> dict[str, set[str]]:
	"""{item: its alternatives} of (item, alternative, both ways) rows."""
	found: dict[str, set[str]] = defaultdict(set)
	for item, alternative, both_ways in rows:
		found[item].add(alternative)
		if both_ways:
			found[alternative].add(item)
	return dict(found)


def price(rule: str, old_rate: float, list_rate: float) -> float:
	"""The rate of a substitute, for one stock unit like both given rates.

	Raises: RuleViolation for an unknown rule, or where the price list has no price of the substitute.
	"""
	if rule not in PRICE_RULES:
		raise RuleViolation("unknown_price_rule", rule=rule, known=PRICE_RULES)
	if rule == KEEP_PRICE:
		return old_rate
	if list_rate <= 0:
		raise RuleViolation("substitute_without_price", rule=KEEP_PRICE)
	return list_rate if rule == LIST_PRICE else min(old_rate, list_rate)


def _ask(action: str, qty: float, why_not: str, place: str = "") -> Offer:
	if not is_positive(qty):
		return Offer(action, why_not="asked_already")
	if why_not:
		return Offer(action, why_not=why_not)
	return Offer(action, qty, ((place, qty),) if place else ())
