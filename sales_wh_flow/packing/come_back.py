"""Boxes whose goods came back: the end of their life, and back to where they were when a return is undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from sales_wh_flow.base import own_hooks, said
from sales_wh_flow.base.hold_rows import hold_order_rows
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.packing import sayings
from sales_wh_flow.packing.change_state import change_state
from sales_wh_flow.packing.leaving import as_goods, by_box
from sales_wh_flow.packing.rules import returning, states
from sales_wh_flow.packing.rules.leaving import LeavingGoods, PackedBox
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store import contents, notes
from sales_wh_flow.packing.store.contents import Content


def follow_returns(returned, named: Iterable[str] = ()) -> None:
	"""A return was submitted or cancelled: boxes of what it takes back are Returned when all that lies in
	them is back, and no more so when it is not. ``named``: the boxes that the return is about.
	"""
	document = (returned.doctype, returned.return_against)
	names = notes.boxes_on_document(*document)
	if not names:
		return
	goods = [LeavingGoods(0, *row) for row in notes.goods_back(*document)]
	if not is_on(STOCK_LOCK):  # else they are locked since before the return was submitted
		hold_order_rows(it.sales_order for it in goods)
	held = store.hold_boxes(names)
	inside = by_box(contents.contents_of(held, for_update=True))
	found = [
		(PackedBox(row.name, as_goods(inside.get(row.name, ()))), row.state)
		for row in held.values()
		if row.state != states.CANCELLED
	]
	is_undone = returned.docstatus.is_cancelled()
	back = returning.came_back(goods, found, frozenset() if is_undone else frozenset(named))
	news = [row for row in held.values() if row.name in back and row.state != states.RETURNED]
	news = [row for row in news if states.may_follow(row.state, states.RETURNED)]
	change_state(news, states.RETURNED, note=said.keep(sayings.back_with, document=returned.name))
	known = [row for row in held.values() if row.state == states.RETURNED]
	_not_back([row for row in known if row.name not in back], returned)
	for tell in own_hooks.hooked("swf_boxes_came_back"):
		tell(*document, is_undone)


def accepted_in_the_end(doctype: str, name: str, boxes: Sequence[tuple[str, str]]) -> frozenset[str]:
	"""Those of a document's boxes that the customer took in part, and whose rest is back. ``boxes``: each
	with its state, as last committed. Three statements, none where none was taken in part.
	"""
	of_state = {box: state for box, state in boxes if state in (states.PARTLY_ACCEPTED, states.RETURNED)}
	if states.PARTLY_ACCEPTED not in of_state.values():
		return frozenset()
	refused = contents.refused_of(of_state)
	inside = by_box(contents.contents_of(of_state, for_update=True))
	found = [
		(PackedBox(box, as_goods(_not_kept(inside.get(box, ()), state, refused))), state)
		for box, state in of_state.items()
	]
	goods = [LeavingGoods(0, *row) for row in notes.goods_back(doctype, name)]
	return returning.refused_is_back(goods, found)


def _not_kept(rows: Iterable[Content], state: str, refused: Mapping[str, float]) -> list[Content]:
	if state == states.RETURNED:
		return list(rows)
	return [replace(it, qty_stock=refused[it.name]) for it in rows if it.name in refused]


def _not_back(rows: list[store.BoxRow], returned) -> None:
	before = store.states_before([row.name for row in rows], states.RETURNED)
	note = said.keep(sayings.not_back, document=returned.name)
	turns = sorted((before.get(row.name, states.RETURNING), row.name) for row in rows)
	by_name = {row.name: row for row in rows}
	for state, some in groupby(turns, key=lambda it: it[0]):
		change_state([by_name[name] for _state, name in some], state, note=note)
