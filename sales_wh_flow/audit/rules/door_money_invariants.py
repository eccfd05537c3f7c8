"""What must be true of money that was taken at doors: it is handed in, and its payment says the same sum."""

from collections.abc import Iterator
from dataclasses import dataclass

from sales_wh_flow.audit.rules.finding import Finding
from sales_wh_flow.base.quantities import rounded


@dataclass(frozen=True, slots=True)
class KeptMoney:
	"""What a proof says was taken more than a week ago, on ``day``, and nobody has taken in."""

	proof: str
	amount: float
	day: str


@dataclass(frozen=True, slots=True)
class LostPayment:
	"""A proof names a Payment Entry that is not there."""

	proof: str
	payment: str


@dataclass(frozen=True, slots=True)
class OtherSum:
	"""A Payment Entry over another sum than its proofs say was taken."""

	payment: str
	received: float
	taken: float


@dataclass(frozen=True, slots=True)
class DoorMoneyEvidence:
	"""All that money at the door is judged on."""

	kept: tuple[KeptMoney, ...] = ()
	lost: tuple[LostPayment, ...] = ()
	others: tuple[OtherSum, ...] = ()


def judge_door_money(evidence: DoorMoneyEvidence) -> Iterator[Finding]:
	"""Every finding, in a fixed order."""
	for kept in sorted(evidence.kept, key=lambda it: it.proof):
		yield Finding("door_money_kept", rounded(kept.amount), kept.day, row=kept.proof)
	for lost in sorted(evidence.lost, key=lambda it: it.proof):
		yield Finding("door_payment_gone", lost.payment, "", row=lost.proof)
	for it in sorted(evidence.others, key=lambda it: it.payment):
		yield Finding("door_payment_differs", rounded(it.received), rounded(it.taken), row=it.payment)
