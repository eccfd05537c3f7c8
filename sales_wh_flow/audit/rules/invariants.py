"""What must be true of orders and their stock in every committed state, judged on evidence read elsewhere.

Boxes, hand-overs and returns have files of their own beside this one; all are judged from here.

Nothing is mended here: a finding names the thing and both figures. Quantities are in stock UOM.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from sales_wh_flow.audit.rules import returned_goods
from sales_wh_flow.audit.rules.box_invariants import judge_boxed_serials, judge_boxes
from sales_wh_flow.audit.rules.door_money_invariants import judge_door_money
from sales_wh_flow.audit.rules.evidence import Evidence, LockEvidence, OrderEvidence
from sales_wh_flow.audit.rules.finding import Finding
from sales_wh_flow.audit.rules.handover_invariants import judge_handovers
from sales_wh_flow.audit.rules.label_invariants import judge_labels
from sales_wh_flow.base.quantities import is_less, is_positive, open_qty, rounded
from sales_wh_flow.order.rules.stages import stage_of
from sales_wh_flow.order.rules.status import derive


def judge(evidence: Evidence) -> tuple[Finding, ...]:
	"""Every finding, in a fixed order; empty when all is well."""
	return (*find_in_stock(evidence), *find_in_orders(evidence))


def find_in_stock(evidence: Evidence) -> tuple[Finding, ...]:
	"""What is found of items: by Bin, lot, lock, event and boxed serial number, and of their credits."""
	return (
		*_bins(evidence),
		*_demands(evidence),
		*_lots(evidence),
		*(finding for lock in evidence.locks for finding in _lock(lock)),
		*_open_lots(evidence),
		*_events(evidence),
		*returned_goods.judge_credits(evidence),
		*judge_boxed_serials(evidence.boxes.serials),
	)


def find_in_orders(evidence: Evidence) -> tuple[Finding, ...]:
	"""What is found of orders: lines, decisions, status, stages, picks, returns, boxes, hand-overs and
	money at the door.
	"""
	return (
		*_lines(evidence),
		*_decisions(evidence),
		*_statuses(evidence.orders),
		*_stages(evidence),
		*_queue_and_picks(evidence),
		*_names(evidence),
		*returned_goods.judge_returns(evidence),
		*judge_boxes(evidence.boxes),
		*judge_handovers(evidence.handovers),
		*judge_labels(evidence.labels),
		*judge_door_money(evidence.door_money),
	)


def _bins(evidence: Evidence) -> Iterator[Finding]:
	"""locked <= on hand, and the Bin says what the locks and the stock ledger say."""
	locked = _sums((lock.item_code, lock.warehouse, lock.held_stock) for lock in evidence.locks)
	seen = {it.key for it in evidence.bins}
	for key in sorted(locked.keys() - seen):
		if locked[key]:
			yield Finding("bin_missing", 0.0, locked[key], *key)
	for it in sorted(evidence.bins, key=lambda it: it.key):
		held = locked.get(it.key, 0.0)
		on_hand = it.ledger_stock if it.there_stock is None else min(it.ledger_stock, it.there_stock)
		if is_less(on_hand, held):
			yield Finding("over_locked", held, rounded(on_hand), *it.key)
		if not it.is_there:
			yield Finding("bin_missing", 0.0, held, *it.key)
			continue
		if rounded(it.written_stock - held):
			yield Finding("bin_differs", rounded(it.written_stock), held, *it.key)
		if rounded(it.on_hand_stock - it.ledger_stock):
			yield Finding("on_hand_differs", rounded(it.on_hand_stock), rounded(it.ledger_stock), *it.key)


def _demands(evidence: Evidence) -> Iterator[Finding]:
	"""The Bin says what the open lines ask for: ERPNext orders more or less by it."""
	for it in evidence.demands:
		figures = (rounded(it.written_stock), rounded(it.asked_stock))
		yield Finding("demand_differs", *figures, it.item_code, it.warehouse)


def _lots(evidence: Evidence) -> Iterator[Finding]:
	"""locked <= on hand for every batch and every serial number, and a serial number has one holder."""
	on_hand = {
		(it.item_code, it.warehouse, it.batch_no, it.serial_no): it.on_hand_stock for it in evidence.lots
	}
	batches: dict[tuple[str, str, str], float] = defaultdict(float)
	serials: Counter[tuple[str, str, str]] = Counter()
	for it in evidence.held:
		if it.serial_no:
			serials[it.item_code, it.warehouse, it.serial_no] += 1
		elif it.batch_no:
			batches[it.item_code, it.warehouse, it.batch_no] += it.qty_stock
	for (item, warehouse, batch_no), qty in sorted(batches.items()):
		there = on_hand.get((item, warehouse, batch_no, None), 0.0)
		if is_less(there, qty):
			yield Finding(
				"over_locked_batch", rounded(qty), rounded(there), item, warehouse, batch_no=batch_no
			)
	for (item, warehouse, serial_no), count in sorted(serials.items()):
		there = on_hand.get((item, warehouse, None, serial_no), 0.0)
		if is_less(there, count):
			found = (float(count), rounded(there), item, warehouse)
			yield Finding("over_locked_serial", *found, serial_no=serial_no)


def _lock(lock: LockEvidence) -> Iterator[Finding]:
	"""A reservation's own figures: what a person or an import may have written wrong."""
	where = {
		**{"item_code": lock.item_code, "warehouse": lock.warehouse},
		**{"order": lock.order, "row": lock.row, "lock": lock.name},
	}
	reserved, used = rounded(lock.reserved_stock), rounded(lock.used_stock)
	if lock.order and lock.order_docstatus != 1 and lock.held_stock:
		yield Finding("lock_of_no_order", lock.held_stock, 0.0, **where)
	elif lock.order_status in ("Closed", "Completed") and lock.held_stock:
		yield Finding("lock_of_closed_order", lock.held_stock, 0.0, **where)
	elif lock.order and lock.line_item != lock.item_code and lock.held_stock:
		yield Finding("lock_of_other_item", lock.item_code, lock.line_item or "", **where)
	if lock.is_of_ended_item and is_positive(lock.held_stock):
		yield Finding("lock_of_ended_item", lock.held_stock, 0.0, **where)
	if not is_positive(lock.reserved_stock) or is_positive(-lock.used_stock):
		yield Finding("lock_not_positive", reserved, used, **where)
	elif is_less(lock.reserved_stock, lock.used_stock):
		yield Finding("more_used_than_locked", used, reserved, **where)
	elif is_less(lock.used_stock, lock.reserved_stock) != lock.is_open:
		yield Finding("lock_status", lock.status, rounded(reserved - used), **where)
	if lock.entries_stock is not None and rounded(lock.entries_stock - lock.reserved_stock):
		yield Finding("entries_differ", rounded(lock.entries_stock), reserved, **where)


def _open_lots(evidence: Evidence) -> Iterator[Finding]:
	"""What a lock still holds, it holds of batches or serial numbers, where it names any: good ones."""
	open_lots: dict[str, float] = defaultdict(float)
	serials = {it.lock for it in evidence.held if it.serial_no}
	for it in evidence.held:
		open_lots[it.lock] += it.qty_stock
		if it.is_bad:
			found = (it.batch_no or it.serial_no or "", rounded(it.qty_stock), it.item_code, it.warehouse)
			yield Finding("lock_of_bad_lot", *found, batch_no=it.batch_no or "", lock=it.lock)
	for lock in evidence.locks:
		if lock.order and lock.name in serials and is_positive(lock.used_stock):
			where = {"order": lock.order, "row": lock.row, "lock": lock.name}
			figures = (rounded(lock.used_stock), rounded(lock.reserved_stock))
			yield Finding("serials_not_split", *figures, lock.item_code, lock.warehouse, **where)
		named = rounded(open_lots[lock.name])
		if lock.entries_stock is not None and lock.is_open and named != lock.held_stock:
			where = {"order": lock.order, "row": lock.row, "lock": lock.name}
			yield Finding("lots_differ", named, lock.held_stock, lock.item_code, lock.warehouse, **where)


def _lines(evidence: Evidence) -> Iterator[Finding]:
	"""locked + waiting + delivered = ordered, and the line says what its locks say."""
	held = _sums((lock.order, lock.row, lock.held_stock) for lock in evidence.locks)
	for line in sorted(evidence.lines, key=lambda line: (line.order, line.idx, line.row)):
		where = {
			**{"item_code": line.item_code, "warehouse": line.warehouse},
			**{"order": line.order, "row": line.row},
		}
		key = (line.order, line.row)
		to_come = open_qty(line.ordered_stock, line.delivered_stock)
		promised = rounded(held.get(key, 0.0) + line.waiting_stock)
		if not line.is_ours and is_positive(held.get(key, 0.0)):
			yield Finding("lock_never_leaves", held[key], 0.0, **where)
		if line.waits and promised != to_come:
			yield Finding("line_does_not_add_up", promised, to_come, **where)
		elif is_less(to_come, promised):
			yield Finding("line_holds_too_much", promised, to_come, **where)
		if rounded(line.written_stock - line.counted_stock):
			yield Finding("line_differs", rounded(line.written_stock), rounded(line.counted_stock), **where)


def _events(evidence: Evidence) -> Iterator[Finding]:
	"""The sum of the events of a line is what it holds."""
	if evidence.events is None:
		return
	held: dict[tuple[str, str, str, str], float] = defaultdict(float)
	for lock in evidence.locks:
		if lock.order:
			held[lock.order, lock.row, lock.item_code, lock.warehouse] += lock.held_stock
	told = {(it.order, it.row, it.item_code, it.warehouse): it.qty_stock for it in evidence.events}
	for key in sorted(held.keys() | told.keys()):
		order, row, item_code, warehouse = key
		if rounded(told.get(key, 0.0) - held.get(key, 0.0)):
			found = (rounded(told.get(key, 0.0)), rounded(held.get(key, 0.0)), item_code, warehouse)
			yield Finding("events_differ", *found, order=order, row=row)


def _decisions(evidence: Evidence) -> Iterator[Finding]:
	"""What a submitted order owed was given, and whoever decided was allowed to."""
	for it in sorted(evidence.owed, key=lambda it: (it.order, it.rule)):
		yield Finding("approval_missing", it.rule, "", order=it.order)
	for given in sorted(evidence.decisions, key=lambda given: given.approval):
		if not given.decided_by:
			yield Finding("decided_by_nobody", given.approval, "", order=given.order)
		elif not given.allows_own_order and (given.counts_author or given.decided_by == given.author):
			yield Finding("decided_by_author", given.author, given.approval, order=given.order)
		elif given.stranger or not given.has_role:
			who = given.stranger or given.decided_by
			yield Finding("decided_without_role", who, given.approval, order=given.order)


def _statuses(orders: Iterable[OrderEvidence]) -> Iterator[Finding]:
	for it in sorted(orders, key=lambda it: it.order):
		expected = derive(it.facts)
		if (it.flow_status or "") != expected:
			yield Finding("flow_status_differs", it.flow_status or "", expected, order=it.order)


def _stages(evidence: Evidence) -> Iterator[Finding]:
	"""An order is in the stage that its facts say, and its stages cover its life without gap or overlap."""
	for it in sorted(evidence.orders, key=lambda it: it.order):
		stage = stage_of(derive(it.facts), it.facts)
		expected = stage.key
		if it.stage != expected:
			yield Finding("stage_differs", _stage(it.stage), _stage(expected), order=it.order)
	for turn in sorted(evidence.stages, key=lambda turn: (turn.order, turn.entered)):
		yield Finding("stages_do_not_join", turn.left, turn.entered, order=turn.order)


def _stage(stage: tuple[str, str] | None) -> str:
	return " / ".join(stage) if stage else ""


def _queue_and_picks(evidence: Evidence) -> Iterator[Finding]:
	"""Amended orders keep their age; nobody picks more than a line still asks, nor a part of a whole unit."""
	for it in sorted(evidence.ages, key=lambda it: it.order):
		if it.since > it.first:
			yield Finding("queue_age_lost", str(it.since), str(it.first), order=it.order)
	for one in sorted(evidence.under_way, key=lambda it: (it.order, it.row)):
		if is_less(one.to_come_stock, one.under_way_stock):
			figures = (rounded(one.under_way_stock), rounded(one.to_come_stock))
			yield Finding("picked_too_much", *figures, one.item_code, order=one.order, row=one.row)
	for row in sorted(evidence.units, key=lambda it: (it.pick_list, it.row)):
		if rounded(row.qty - round(row.qty)):
			where = {"order": row.order, "row": row.row}
			yield Finding("unit_is_cut", rounded(row.qty), row.uom, row.item_code, row.warehouse, **where)


def _names(evidence: Evidence) -> Iterator[Finding]:
	for it in evidence.named:
		where = {"item_code": it.item_code, "order": it.order, "row": it.row}
		yield Finding("left_in_another_name", it.document, it.named, **where)


def _sums(rows: Iterable[tuple[str, str, float]]) -> dict[tuple[str, str], float]:
	"""{(first, second): sum of the third}"""
	totals: dict[tuple[str, str], float] = defaultdict(float)
	for first, second, qty in rows:
		totals[first, second] += qty
	return {key: rounded(qty) for key, qty in totals.items()}
