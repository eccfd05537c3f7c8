"""What a courier bills beside what parcels were expected to cost."""

from datetime import date

from sales_wh_flow.claims.rules import bills, incidents
from sales_wh_flow.claims.rules.bills import BilledParcel, SentParcel
from sales_wh_flow.claims.rules.incidents import Incident

KNOWN = {
	"A1": SentParcel(("BOX-1",), 10.0),
	"A2": SentParcel(("BOX-2", "BOX-3"), 12.0),
	"A3": SentParcel(("BOX-4",), 5.0, is_sent=False),
	"A4": SentParcel(("BOX-5",), 0.0),
	"A5": SentParcel(("BOX-6",), 7.0, billed_on="CINV-1"),
}


def judged(*rows, tolerance=2.0):
	billed = [BilledParcel(number, amount) for number, amount in rows]
	return [(it.verdict, it.difference) for it in bills.judge_parcels(billed, KNOWN, tolerance)]


def test_a_price_within_the_tolerance_fits_and_beyond_it_is_dearer_or_cheaper():
	assert judged(("A1", 10.2), ("A2", 11.0)) == [("As Expected", 0.2), ("Cheaper", -1.0)]
	assert judged(("A1", 10.21)) == [("Dearer", 0.21)]
	assert judged(("A1", 10.01), tolerance=0) == [("Dearer", 0.01)]


def test_what_is_not_owed_counts_in_full():
	assert judged(("X9", 4.0)) == [("Unknown Number", 4.0)]
	assert judged(("A1", 10.0), ("A1", 10.0))[1] == ("Billed Twice", 10.0)
	assert judged(("A5", 7.0)) == [("Billed Twice", 7.0)]
	assert judged(("A3", 5.0)) == [("Not Sent", 5.0)]


def test_a_box_without_a_price_is_nobodys_fault():
	assert judged(("A4", 6.0)) == [("No Price Known", 0.0)]


def test_a_claim_asks_for_goods_and_freight_and_of_late_parcels_for_freight():
	lost = Incident("BOX-1", "Lost", date(2026, 11, 1), 200.0, 9.9)
	late = Incident("BOX-1", "Late", date(2026, 11, 1), 200.0, 9.9)
	assert (incidents.amount(lost), incidents.amount(late)) == (209.9, 9.9)


def test_a_deadline_counts_from_the_day_it_happened():
	assert incidents.deadline(date(2026, 11, 20), 14) == date(2026, 12, 4)
	assert incidents.deadline(date(2026, 11, 20), 0) is None


def test_a_claim_ends_and_can_be_taken_up_again():
	assert incidents.claim_may_become("To Claim", "Claimed")
	assert not incidents.claim_may_become("To Claim", "Paid")
	assert incidents.claim_may_become("Refused", "Claimed")
	assert all(incidents.claim_may_become(state, state) for state in incidents.STATES)
