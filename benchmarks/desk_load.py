"""What the flow adds to the load of a Sales Order's form and of the list, in a browser: 20 interleaved pairs.

Run it with the Python of a site whose desk is served:
``SWHF_SITE=... SWHF_BASE_URL=... SWHF_ADMIN_PASSWORD=... python benchmarks/desk_load.py [PAIRS] [LINES]``.
Plain is ERPNext with every switch off. Each pair is one load of each kind with the switches off and one
with approval, stock lock, routing, picking and forecast on, in turn off-on and on-off, each after one load
that nobody measures: the switches empty the caches. Printed: medians, the median of the pairs' ratios with
its interval of 95 %, how long after the form the block stands there and how high it is, and the bytes of a
first load.
"""

import os
import random
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import frappe

from tests.browser import data, desk
from tests.site import connected, set_switches

PAIRS = 20
LINES = 5
"""Of the order whose form is loaded."""
ON = {
	**dict.fromkeys(("approval", "stock_lock", "routing", "fulfilment", "forecast"), True),
	"lead_transit_days": 2,
}
_FORM = """name => window.cur_frm && cur_frm.docname === name && cur_frm.fields_dict.customer
	&& cur_frm.$wrapper.is(':visible') && cur_frm.fields_dict.customer.$wrapper.is(':visible')
	&& cur_frm.fields_dict.items.grid.grid_rows.length ? performance.now() : 0"""
_BLOCK = "() => document.querySelector('.swf-flow .swf-headline') ? performance.now() : 0"
_LIST = "() => document.querySelector('.list-row-container .list-row') ? performance.now() : 0"
_HEIGHT = "() => document.querySelector('.swf-flow').getBoundingClientRect().height"
_BYTES = """() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
	.reduce(([all, own], one) => [all + one.encodedBodySize,
		own + (one.name.includes('flow.bundle') ? one.encodedBodySize : 0)], [0, 0])"""


def main(pairs: int = PAIRS, lines: int = LINES) -> None:
	with connected():
		set_switches(**ON)
		world = data.make_world(data.make_people(), stock_qty=100 + lines)
		order = data.make_order(world, *({"qty": 1} for _line in range(lines)), submit=True).name
		frappe.db.commit()
		with desk.browser() as program:
			_measure(program, order, pairs)
		set_switches()
		frappe.db.commit()


def _measure(program, order: str, pairs: int) -> None:
	found: dict[tuple[str, bool], list[float]] = {
		(kind, is_on): [] for kind in ("form", "list", "block") for is_on in (False, True)
	}
	heights: list[float] = []
	one = desk.Desk(program, "Administrator", os.environ["SWHF_ADMIN_PASSWORD"])
	one.context.add_init_script("localStorage.swf_flow_folded = '1'")
	for pair in range(pairs):
		for is_on in (False, True) if pair % 2 else (True, False):
			set_switches(**(ON if is_on else {}))
			frappe.db.commit()
			_form(one, order, is_on)
			form, block, height = _form(one, order, is_on)
			found["form", is_on].append(form)
			if is_on:
				found["block", True].append(block - form)
				heights.append(height)
			_list(one)
			found["list", is_on].append(_list(one))
	for kind in ("form", "list"):
		print(_compared(kind, found[kind, False], found[kind, True]))
	waits = found["block", True]
	print(f"block after the form: median {statistics.median(waits):.0f} ms, most {max(waits):.0f} ms")
	print(f"block's height at 1366 px: {max(heights):.0f} px")
	one.close()
	for is_on in (False, True):
		set_switches(**(ON if is_on else {}))
		frappe.db.commit()
		print(_bytes(program, order, is_on))


def _form(one: desk.Desk, order: str, is_on: bool) -> tuple[float, float, float]:
	"""(ms until the form stands there, ms until the block does, the block's height in px)"""
	one.page.goto(f"/app/sales-order/{order}", wait_until="commit")
	form = one.page.wait_for_function(_FORM, arg=order).json_value()
	block = one.page.wait_for_function(_BLOCK).json_value() if is_on else form
	one.settle()
	return form, block, one.page.evaluate(_HEIGHT) if is_on else 0.0


def _list(one: desk.Desk) -> float:
	one.page.goto("/app/sales-order", wait_until="commit")
	shown = one.page.wait_for_function(_LIST).json_value()
	one.settle()
	return shown


def _compared(kind: str, plain: list[float], own: list[float]) -> str:
	ratios = [b / a for a, b in zip(plain, own, strict=True)]
	chance = random.Random(1)
	medians = sorted(statistics.median(chance.choices(ratios, k=len(ratios))) for _try in range(2000))
	return (
		f"{kind}: plain {statistics.median(plain):.0f} ms, with the flow {statistics.median(own):.0f} ms, "
		f"ratio {statistics.median(ratios):.3f} ({medians[50]:.3f} to {medians[1949]:.3f}), "
		f"{len(ratios)} pairs"
	)


def _bytes(program, order: str, is_on: bool) -> str:
	fresh = desk.Desk(program, "Administrator", os.environ["SWHF_ADMIN_PASSWORD"])
	_form(fresh, order, is_on)
	whole, own = fresh.page.evaluate(_BYTES)
	fresh.close()
	kind = "with the flow" if is_on else "plain"
	return f"first load {kind}: {whole / 1024:.0f} KiB, of it ours {own / 1024:.0f} KiB"


if __name__ == "__main__":
	main(*map(int, sys.argv[1:]))
