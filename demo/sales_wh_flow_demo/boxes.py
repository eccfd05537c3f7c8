"""Which boxes a pick list is packed into in memory: by the rules of packing, from the usual cartons."""

from collections.abc import Iterable
from math import fsum

from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.packing.rules.propose import Goods, Kind, propose_boxes
from sales_wh_flow_demo import sample_doing as doing
from sales_wh_flow_demo.dataset import Item

CRATE = doing.BOX_TYPES[-1]["box_type"]
KINDS = tuple(
	Kind(
		row["box_type"],
		tuple(sorted((row["length_cm"], row["width_cm"], row["height_cm"]))),
		row["tare_kg"],
		doing.MOST_KG[row["box_type"]],
		doing.OWN_COST[row["box_type"]],
	)
	for row in doing.BOX_TYPES
)


def packed(goods: Iterable[tuple[Item, float]]) -> tuple[tuple[str, ...], float]:
	"""(the kind of each box, weight of the goods in kg). What nobody measured lies in one box without a kind,
	what is too large for all of them in a crate.
	"""
	goods = tuple(goods)
	weight_kg = rounded(fsum(item.weight_kg * qty for item, qty in goods))
	known = [Goods(item.code, qty, item.sides_cm, item.weight_kg) for item, qty in goods]
	if not any(is_positive(it.volume_l) for it in known):
		return ("",), weight_kg
	proposal = propose_boxes(known, KINDS)
	kinds = tuple(box.kind for box in proposal.boxes)
	return (*kinds, *[CRATE] * bool(proposal.too_large), *[""] * bool(proposal.unknown)), weight_kg
