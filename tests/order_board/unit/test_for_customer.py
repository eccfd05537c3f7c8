"""*Copy for Customer* speaks of an order as the customer wrote it: in the unit it was ordered in."""

import json
import subprocess

import pytest

from tests.contracts.app_source import APP

_DESK = """
const sales_wh_flow = { qty: (it) => String(flt(it, 6)) };
const frappe = { provide: () => (sales_wh_flow.order_flow = {}), datetime: { str_to_user: (day) => day } };
const __ = (words, values = []) => words.replace(/\\{(\\d)\\}/g, (_sign, at) => values[at]);
const flt = (value, decimals) => Math.round(value * 10 ** decimals) / 10 ** decimals;
"""
"""What the desk gives its scripts, in plain JavaScript."""
_BY_BOXES = {"item_code": "LAMP", "uom": "Nos", "order_uom": "Box", "ordered": 24, "order_qty": 2}
_BY_PIECES = {"item_code": "LAMP", "uom": "Nos", "order_uom": "Nos", "ordered": 5, "order_qty": 5}


def told(*lines: dict) -> list[str]:
	"""The sentence of each item."""
	shown = {"lines": [{"delivered": 0, "arrived": 0, **line} for line in lines], "delivery_notes": []}
	script = (APP / "public" / "js" / "order_board" / "for_customer.js").read_text()
	asked = f"sales_wh_flow.order_flow.words_for_customer({{ name: 'SO-1' }}, {json.dumps(shown)})"
	run = ["node", "-e", f"{_DESK}{script}\nconsole.log({asked})"]
	return subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()[1:]


@pytest.mark.parametrize(
	("arrived", "delivered", "words"),
	[
		(0, 0, "2 Box LAMP: 2 to follow"),
		(12, 24, "2 Box LAMP: 1 delivered, 1 on their way"),
		(0, 18, "2 Box (24 Nos) LAMP: 18 Nos on their way, 6 Nos to follow"),
	],
)
def test_goods_are_told_in_the_unit_they_were_ordered_in(arrived, delivered, words):
	assert told({**_BY_BOXES, "arrived": arrived, "delivered": delivered}) == [words]


def test_split_lines_are_joined_and_other_units_are_not():
	half = {**_BY_BOXES, "ordered": 12, "order_qty": 1}

	assert told(half, _BY_PIECES, half) == ["2 Box LAMP: 2 to follow", "5 Nos LAMP: 5 to follow"]
