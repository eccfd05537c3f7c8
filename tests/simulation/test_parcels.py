"""In how few parcels an order could leave, found by trying every set of warehouses."""

from datetime import date
from itertools import chain, combinations
from random import Random

import pytest

from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo import page, parcels, sample
from sales_wh_flow_demo.figures import fold

FREE = {("A", "N"): 5.0, ("A", "S"): 10.0, ("B", "N"): 2.0, ("B", "W"): 2.0, ("C", "S"): 1.0}
PLACES = ("N", "S", "W")


@pytest.mark.parametrize(
	("parts", "sent", "least", "short"),
	[
		([("A", "N", 5.0)], 1, 1, 0),
		([("A", "N", 5.0), ("B", "W", 2.0)], 2, 1, 0),
		([("A", "S", 8.0), ("B", "W", 2.0)], 2, 2, 0),
		([("A", "S", 10.0), ("A", "N", 5.0), ("B", "W", 2.0)], 3, 2, 0),
		([("A", "N", 7.0)], 1, 1, 1),
		([("D", "N", 3.0)], 0, 0, 1),
		([("A", "N", 5.0), ("C", "W", 1.0)], 1, 1, 1),
	],
	ids=[
		"one sends all",
		"one could send what two send",
		"no single one has both",
		"a third is one too many",
		"what is short counts as short",
		"what nobody has is no parcel",
		"where nothing lies nothing is sent from",
	],
)
def test_the_least_parcels_for_the_same_goods(parts, sent, least, short):
	lines = [(item, qty) for item, _place, qty in parts]
	told = parcels.planned(date(2026, 3, 2), "O", parts, FREE, PLACES, lines)
	assert (told.parcels, told.least, told.short) == (sent, least, short)


@pytest.mark.parametrize("seed", range(40))
def test_no_smaller_set_sends_as_much(seed):
	rng = Random(seed)
	places = [f"W{n}" for n in range(5)]
	free = {(f"I{n}", place): float(rng.choice((0, 0, 3, 6))) for n in range(4) for place in places}
	parts = [(f"I{n}", rng.choice(places), float(rng.randint(1, 9))) for n in range(4)]
	senders = parcels.used(parts, free)

	def sent(chosen):
		return sum(min(sum(free[item, place] for place in chosen), qty) / qty for item, _at, qty in parts)

	sets = chain.from_iterable(combinations(places, count) for count in range(len(senders) + 1))
	best = min(len(chosen) for chosen in sets if sent(chosen) >= sent(senders) - 1e-9)
	assert parcels.least(parts, free, places) == best


def test_too_many_sets_are_not_tried():
	places = [f"W{n}" for n in range(200)]
	parts = [(f"I{n}", f"W{n}", 1.0) for n in range(6)]
	free = {(item, place): 1.0 for item, place, _qty in parts}
	assert parcels.least(parts, free, places) is None


def test_the_page_shows_in_how_few_parcels_the_orders_leave():
	day = date(2026, 3, 2)
	happened = []
	for name, sent, least, short in (("A", 1, 1, 0), ("B", 1, 1, 1), ("C", 2, 2, 0), ("D", 3, 2, 1)):
		happened += [
			ev.OrderWritten(day, name, "Holm", "Mona"),
			ev.ParcelsPlanned(day, name, parcels=sent, least=least, lines=5, short=short),
		]
	html = page.render(sample.generate(orders=1), fold(happened), (), "Run.")
	for number, text in (
		("50.0 %", "of the orders leave from one warehouse"),
		("75.0 %", "leave from at most two"),
		("10.0 %", "of the 20 lines were short when ordered"),
		("16.7 %", "more parcels than the 6 that the same goods need at least"),
	):
		assert f"<b>{number}</b><span>{text}</span>" in html
