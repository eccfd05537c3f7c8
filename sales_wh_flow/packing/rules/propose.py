"""Which boxes are taken for what is to pack: the smallest that everything left fits into, by weight, volume
and longest side; where none is large enough, the largest is filled first.

A proposal, no plan of where each thing lies: sides are compared one by one, and a box is called full before
its volume is, since goods leave air between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sales_wh_flow.base.quantities import NOISE, is_less, is_positive, rounded, whole_part

FILLED = 0.85
"""The share of a box's volume that goods take when it is full."""


@dataclass(frozen=True, slots=True)
class Kind:
	"""A type of box. ``sides_cm``: inside, shortest first. ``max_kg``: 0 for no limit."""

	name: str
	sides_cm: tuple[float, float, float]
	tare_kg: float = 0.0
	max_kg: float = 0.0
	cost: float = 0.0

	@property
	def volume_l(self) -> float:
		return _volume_l(self.sides_cm)


@dataclass(frozen=True, slots=True)
class Goods:
	"""So much of an item. ``sides_cm``, ``weight_kg``: of one, 0 where nobody entered it."""

	item_code: str
	qty: float
	sides_cm: tuple[float, float, float]
	weight_kg: float = 0.0

	@property
	def volume_l(self) -> float:
		return _volume_l(self.sides_cm)

	@property
	def is_measured(self) -> bool:
		return is_positive(self.volume_l)


@dataclass(frozen=True, slots=True)
class Proposed:
	"""One box: its type, and (item, quantity) that go in."""

	kind: str
	goods: tuple[tuple[str, float], ...]
	weight_kg: float
	filled_pct: float


@dataclass(frozen=True, slots=True)
class Proposal:
	"""``unknown``: items that nobody measured. ``too_large``: those that fit no box there is."""

	boxes: tuple[Proposed, ...]
	unknown: tuple[str, ...] = ()
	too_large: tuple[str, ...] = ()


MOST_BOXES = 200
"""Nobody reads a longer proposal."""


def propose_boxes(goods: Sequence[Goods], kinds: Sequence[Kind]) -> Proposal:
	"""The boxes to take. Ties: the smaller, then the cheaper, then by name."""
	sized = sorted(
		(it for it in kinds if is_positive(it.volume_l)), key=lambda it: (it.volume_l, it.cost, it.name)
	)
	unknown = tuple(sorted({it.item_code for it in goods if not it.is_measured}))
	known = [it for it in goods if it.is_measured and is_positive(it.qty)]
	too_large = tuple(sorted({it.item_code for it in known if not any(_room(it, one) for one in sized)}))
	# The largest first: what is small finds its place beside it.
	left = sorted(
		((it, it.qty) for it in known if it.item_code not in too_large),
		key=lambda pair: (-pair[0].volume_l, pair[0].item_code),
	)
	boxes: list[Proposed] = []
	while left and len(boxes) < MOST_BOXES:
		kind = next((it for it in sized if not _after(left, it)[1]), None) or _most(left, sized)
		taken, left = _after(left, kind)
		boxes.append(_box(kind, taken))
	return Proposal(tuple(boxes), unknown, too_large)


def _most(left: list[tuple[Goods, float]], kinds: Sequence[Kind]) -> Kind:
	"""The box that takes the most of what is left."""

	def taken_l(kind: Kind) -> float:
		return sum(goods.volume_l * qty for goods, qty in _after(left, kind)[0])

	return max(kinds, key=lambda it: (rounded(taken_l(it)), -it.volume_l, -it.cost))


def _after(
	left: list[tuple[Goods, float]], kind: Kind
) -> tuple[list[tuple[Goods, float]], list[tuple[Goods, float]]]:
	"""(what such a box takes, what is left then)."""
	volume_l = kind.volume_l * FILLED
	weight_kg = kind.max_kg - kind.tare_kg if is_positive(kind.max_kg) else float("inf")
	taken, rest = [], []
	for goods, qty in left:
		part = min(qty, _room(goods, kind, volume_l, weight_kg))
		if is_positive(part):
			taken.append((goods, part))
			volume_l -= goods.volume_l * part
			weight_kg -= goods.weight_kg * part
		if is_positive(qty - part):
			rest.append((goods, rounded(qty - part)))
	return taken, rest


def _room(goods: Goods, kind: Kind, volume_l: float | None = None, weight_kg: float | None = None) -> float:
	"""How many fit; one that fits by its sides alone goes into an empty box, however full that is then."""
	if any(is_less(inside, side) for side, inside in zip(goods.sides_cm, kind.sides_cm, strict=True)):
		return 0.0
	is_empty = volume_l is None or volume_l == kind.volume_l * FILLED
	by_volume = whole_part(
		(kind.volume_l * FILLED if volume_l is None else volume_l) / goods.volume_l + NOISE
	)
	limit = (
		(kind.max_kg - kind.tare_kg if is_positive(kind.max_kg) else float("inf"))
		if weight_kg is None
		else weight_kg
	)
	by_weight = (
		whole_part(limit / goods.weight_kg + NOISE) if goods.weight_kg and limit < float("inf") else 1e12
	)
	return max(min(max(by_volume, 1.0) if is_empty else by_volume, by_weight), 0.0)


def _box(kind: Kind, taken: list[tuple[Goods, float]]) -> Proposed:
	return Proposed(
		kind.name,
		tuple((goods.item_code, qty) for goods, qty in taken),
		rounded(kind.tare_kg + sum(goods.weight_kg * qty for goods, qty in taken)),
		round(100 * sum(goods.volume_l * qty for goods, qty in taken) / kind.volume_l, 1),
	)


def _volume_l(sides_cm: tuple[float, float, float]) -> float:
	return sides_cm[0] * sides_cm[1] * sides_cm[2] / 1000
