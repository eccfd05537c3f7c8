"""The checker of the stock lock finds each thing that must not be, and nothing else."""

from dataclasses import replace
from datetime import datetime

import pytest

from sales_wh_flow.audit.rules.evidence import (
	AgeEvidence,
	BinEvidence,
	DecisionEvidence,
	DemandEvidence,
	EventEvidence,
	Evidence,
	HeldEvidence,
	LineEvidence,
	LockEvidence,
	LotEvidence,
	OrderEvidence,
	OwedEvidence,
	StageEvidence,
	UnderWayEvidence,
	UnitEvidence,
)
from sales_wh_flow.audit.rules.invariants import Finding, judge
from sales_wh_flow.order.rules.status_facts import StatusFacts

BIN = BinEvidence("BOLT", "Hamburg", on_hand_stock=10, ledger_stock=10, written_stock=4)
LOCK = LockEvidence("SRE-1", "BOLT", "Hamburg", "SO-1", "row-1", reserved_stock=4, line_item="BOLT")
LINE = LineEvidence(
	*("SO-1", "row-1", 1, "BOLT", "Hamburg"),
	ordered_stock=6,
	written_stock=4,
	counted_stock=4,
	waiting_stock=2,
)
EVENT = EventEvidence("SO-1", "row-1", "BOLT", "Hamburg", 4)
STATUS = OrderEvidence(
	*("SO-1", "Partly Locked", StatusFacts(1, ordered_stock=6, locked_stock=4)),
	stage=("Waiting for Stock", "Purchasing"),
)
DECISION = DecisionEvidence("APR-1", "SO-1", "ann@example.com", "bob@example.com")
SOUND = Evidence((BIN,), (LOCK,), (), (), (LINE,), (EVENT,), (STATUS,), (DECISION,))


def codes(evidence):
	return [finding.code for finding in judge(evidence)]


def with_lock(**values):
	"""The sound evidence with its lock changed, and what follows from the lock left as it was."""
	return replace(SOUND, locks=(replace(LOCK, **values),))


def test_finds_nothing_where_all_is_well():
	assert judge(SOUND) == ()


def test_finds_nothing_where_nothing_is():
	assert judge(Evidence()) == ()


def test_float_noise_is_no_finding():
	parts = tuple(replace(LOCK, name=f"SRE-{number}", reserved_stock=0.1) for number in range(3))
	noisy = replace(
		SOUND,
		bins=(replace(BIN, on_hand_stock=0.3, ledger_stock=0.3, written_stock=0.3),),
		locks=parts,
		lines=(replace(LINE, ordered_stock=0.3, written_stock=0.3, counted_stock=0.1 * 3, waiting_stock=0),),
		events=(replace(EVENT, qty_stock=0.3),),
		orders=(),
	)
	assert judge(noisy) == ()


BINS = {
	"over_locked": [{"on_hand_stock": 3, "ledger_stock": 3}],
	"bin_differs": [{"written_stock": 0}, {"written_stock": 5}],
	"on_hand_differs": [{"on_hand_stock": 9}, {"on_hand_stock": 11}],
	"bin_missing": [{"is_there": False}],
}


@pytest.mark.parametrize(
	("code", "values"), [(code, values) for code, cases in BINS.items() for values in cases]
)
def test_finds_a_bin_that_is_not_right(code, values):
	assert codes(replace(SOUND, bins=(replace(BIN, **values),))) == [code]


def test_names_the_bin_with_both_figures():
	(finding,) = judge(replace(SOUND, bins=(replace(BIN, on_hand_stock=3, ledger_stock=3),)))
	assert finding == Finding("over_locked", 4, 3, "BOLT", "Hamburg")


def test_finds_a_bin_that_says_orders_ask_for_something_else():
	(finding,) = judge(replace(SOUND, demands=(DemandEvidence("BOLT", "Hamburg", 9, 10),)))
	assert finding == Finding("demand_differs", 9, 10, "BOLT", "Hamburg")


def test_finds_locks_without_a_bin():
	assert codes(replace(SOUND, bins=())) == ["bin_missing"]


LOCKS = {
	"lock_of_no_order": [{"order_docstatus": 2}, {"order_docstatus": None}, {"order_docstatus": 0}],
	"lock_of_closed_order": [{"order_status": "Closed"}],
	"lock_of_ended_item": [{"is_of_ended_item": True}],
	"lock_of_other_item": [{"line_item": "NUT"}, {"line_item": None}],
	"more_used_than_locked": [{"reserved_stock": 4, "used_stock": 5}],
	"lock_not_positive": [{"reserved_stock": 0}, {"reserved_stock": -4}, {"used_stock": -1}],
	"lock_status": [{"is_open": False, "status": "Delivered"}, {"used_stock": 4}],
	"entries_differ": [{"entries_stock": 3}, {"entries_stock": 0}],
}


@pytest.mark.parametrize(
	("code", "values"), [(code, values) for code, cases in LOCKS.items() for values in cases]
)
def test_finds_a_reservation_that_was_written_wrong(code, values):
	assert code in codes(with_lock(**values))


def test_finds_batches_that_do_not_add_up_to_what_a_lock_still_holds():
	"""Half was delivered, and the batches were not told."""
	batch = HeldEvidence("SRE-1", "BOLT", "Hamburg", "B-1", None, 4)
	there = LotEvidence("BOLT", "Hamburg", "B-1", None, 10)
	half = with_lock(used_stock=2, entries_stock=4)
	assert "lots_differ" in codes(replace(half, held=(batch,), lots=(there,)))
	assert "lots_differ" not in codes(replace(half, held=(replace(batch, qty_stock=2),), lots=(there,)))


def test_finds_a_reservation_of_which_only_some_serial_numbers_have_left():
	held = HeldEvidence("SRE-1", "BOLT", "Hamburg", None, "S-1", 1)
	lots = (LotEvidence("BOLT", "Hamburg", None, "S-1", 1),)
	lock = replace(LOCK, reserved_stock=2, used_stock=1, entries_stock=2)
	assert "serials_not_split" in codes(replace(SOUND, locks=(lock,), held=(held,), lots=lots))
	whole = replace(lock, reserved_stock=1, used_stock=0, entries_stock=1)
	assert "serials_not_split" not in codes(replace(SOUND, locks=(whole,), held=(held,), lots=lots))
	of_production = replace(lock, order="", row="")  # which ERPNext itself uses up bit by bit
	assert "serials_not_split" not in codes(replace(SOUND, locks=(of_production,), held=(held,), lots=lots))


def test_finds_a_lock_of_a_batch_that_has_gone_bad():
	batch = HeldEvidence("SRE-1", "BOLT", "Hamburg", "B-1", None, 4, is_bad=True)
	there = LotEvidence("BOLT", "Hamburg", "B-1", None, 10)
	sound = replace(with_lock(entries_stock=4), held=(batch,), lots=(there,))
	assert codes(sound) == ["lock_of_bad_lot"]


def test_finds_what_a_completed_order_still_holds():
	"""Nobody will ever deliver it: its invoice was enough."""
	assert "lock_of_closed_order" in codes(with_lock(order_status="Completed"))


def test_a_reservation_of_no_sales_order_counts_for_its_bin_alone():
	"""ERPNext 16 reserves for Work Orders, too."""
	nobody = {"order": "", "row": "", "line_item": None, "order_docstatus": None}
	other = replace(LOCK, name="SRE-2", reserved_stock=1, **nobody)
	assert judge(replace(SOUND, bins=(replace(BIN, written_stock=5),), locks=(LOCK, other))) == ()


LINES = {
	"line_does_not_add_up": [{"waiting_stock": 0}, {"waiting_stock": 3}, {"delivered_stock": 1}],
	"line_holds_too_much": [{"waits": False, "ordered_stock": 3, "waiting_stock": 0}],
	"line_differs": [{"written_stock": 0}, {"counted_stock": 5}],
}


@pytest.mark.parametrize(
	("code", "values"), [(code, values) for code, cases in LINES.items() for values in cases]
)
def test_finds_a_line_that_does_not_add_up(code, values):
	assert codes(replace(SOUND, lines=(replace(LINE, **values),))) == [code]


def test_a_line_that_was_delivered_above_its_quantity_waits_for_nothing():
	line = replace(LINE, delivered_stock=7, waiting_stock=0, written_stock=0, counted_stock=0)
	assert judge(Evidence(lines=(line,))) == ()


def test_a_line_nobody_waits_for_may_hold_less_than_it_asks():
	assert judge(replace(SOUND, lines=(replace(LINE, waits=False, waiting_stock=0),))) == ()


LOT = LotEvidence("BOLT", "Hamburg", "B-1", None, 4)
HELD = HeldEvidence("SRE-1", "BOLT", "Hamburg", "B-1", None, 4)


def test_finds_a_batch_that_is_locked_above_what_is_there():
	sound = replace(SOUND, held=(HELD,), lots=(LOT,))
	assert judge(sound) == ()
	assert codes(replace(sound, lots=(replace(LOT, on_hand_stock=3),))) == ["over_locked_batch"]
	assert codes(replace(sound, lots=(replace(LOT, warehouse="Munich"),))) == ["over_locked_batch"]
	assert codes(replace(sound, lots=())) == ["over_locked_batch"]


def test_finds_a_serial_number_that_is_locked_twice_or_not_there():
	held = replace(HELD, batch_no="B-1", serial_no="S-1", qty_stock=1)
	lot = replace(LOT, batch_no=None, serial_no="S-1", on_hand_stock=1)
	sound = replace(SOUND, held=(held,), lots=(lot,))
	assert judge(sound) == ()
	assert codes(replace(sound, held=(held, replace(held, lock="SRE-2")))) == ["over_locked_serial"]
	assert codes(replace(sound, lots=())) == ["over_locked_serial"]


def test_finds_events_that_do_not_add_up_to_the_locks():
	assert codes(replace(SOUND, events=())) == ["events_differ"]
	assert codes(replace(SOUND, events=(replace(EVENT, qty_stock=3),))) == ["events_differ"]
	elsewhere = replace(EVENT, warehouse="Munich", qty_stock=1)
	assert codes(replace(SOUND, events=(EVENT, elsewhere))) == ["events_differ"]
	assert codes(replace(SOUND, events=(EVENT, replace(elsewhere, qty_stock=0)))) == []


def test_does_not_judge_events_while_the_lock_is_off():
	assert judge(replace(SOUND, events=None)) == ()


DECISIONS = {
	"decided_by_nobody": {"decided_by": None},
	"decided_by_author": {"decided_by": DECISION.author},
	"decided_without_role": {"has_role": False},
}


@pytest.mark.parametrize("code", DECISIONS)
def test_finds_a_decision_by_somebody_who_may_not(code):
	assert codes(replace(SOUND, decisions=(replace(DECISION, **DECISIONS[code]),))) == [code]


def test_finds_one_vote_of_several_by_somebody_who_was_not_asked():
	(finding,) = judge(replace(SOUND, decisions=(replace(DECISION, stranger="kim@x.y"),)))
	assert (finding.code, finding.found) == ("decided_without_role", "kim@x.y")


def test_the_author_may_decide_where_the_rule_allows_it():
	own = replace(DECISION, decided_by=DECISION.author, allows_own_order=True, counts_author=True)
	assert judge(replace(SOUND, decisions=(own,))) == ()


def test_finds_an_order_that_was_submitted_without_an_approval_it_owed():
	assert codes(replace(SOUND, owed=(OwedEvidence("SO-1", "Discount over 10"),))) == ["approval_missing"]


def test_finds_a_flow_status_that_is_not_the_derived_one():
	for wrong in ("Locked", None, ""):
		assert codes(replace(SOUND, orders=(replace(STATUS, flow_status=wrong),))) == ["flow_status_differs"]


def test_finds_an_amended_order_that_lost_its_place():
	kept = AgeEvidence("SO-1-1", datetime(2026, 5, 1), datetime(2026, 5, 1))
	assert codes(replace(SOUND, ages=(kept,))) == []
	assert codes(replace(SOUND, ages=(replace(kept, since=datetime(2026, 5, 2)),))) == ["queue_age_lost"]


def test_finds_what_is_picked_beyond_what_a_line_asks():
	picked = UnderWayEvidence("SO-1", "row-1", "BOLT", 6, 6)
	assert codes(replace(SOUND, under_way=(picked,))) == []
	assert codes(replace(SOUND, under_way=(replace(picked, to_come_stock=4),))) == ["picked_too_much"]


def test_finds_a_part_of_a_whole_unit_on_a_pick_list():
	row = UnitEvidence("PICK-1", "SO-1", "row-1", "BOLT", "Hamburg", 2, "Box")
	assert codes(replace(SOUND, units=(row,))) == []
	assert codes(replace(SOUND, units=(replace(row, qty=0.04),))) == ["unit_is_cut"]


def test_finds_a_lock_of_what_nobody_delivers_from_stock():
	line = replace(LINE, is_ours=False, waits=False, waiting_stock=0)
	assert codes(replace(SOUND, lines=(line,))) == ["lock_never_leaves"]


def test_all_findings_come_at_once():
	wrong = replace(SOUND, bins=(), lines=(replace(LINE, waiting_stock=0),), events=())
	assert codes(wrong) == ["bin_missing", "events_differ", "line_does_not_add_up"]


def test_finds_an_order_whose_log_names_another_stage_than_its_facts():
	wrong = replace(SOUND, orders=(replace(STATUS, stage=("To Pick", "Warehouse")),))
	assert judge(wrong) == (
		Finding("stage_differs", "To Pick / Warehouse", "Waiting for Stock / Purchasing", order="SO-1"),
	)


def test_finds_a_gap_between_two_stages():
	gap = StageEvidence("SO-1", "2026-11-02 09:00:00", "2026-11-02 11:00:00")
	assert codes(replace(SOUND, stages=(gap,))) == ["stages_do_not_join"]
