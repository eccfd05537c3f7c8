"""In which order an order's documents are undone, and which can't be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sales_wh_flow.base.problems import RuleViolation

TO_PICK, DRAFT, CANCELLED_ORDER = "To Pick", "Draft", "Cancelled"
BACK_TO = (TO_PICK, DRAFT, CANCELLED_ORDER)

DELETE, CANCEL, AMEND = "Delete", "Cancel", "Amend"
EMPTY = "Empty"
"""A box: what it holds of the order is taken out; those that have left stay as they are."""

UNLINK, KEEP = "Unlink", "Keep as Advance"
PAYMENT_CHOICES = (UNLINK, KEEP)
"""A payment of an invoice that is undone: it stays with its customer for any invoice, or with the order as an
advance of it. It is never deleted.
"""

# Drafts first: a draft that names a cancelled document can't be saved any more. Then the last made first.
_DRAFTS = ("Packing Slip", "Sales Invoice", "Delivery Note", "Pick List")
_SUBMITTED = ("Sales Invoice", "Packing Slip", "Delivery Note", "Order Box", "Pick List")


@dataclass(frozen=True, slots=True)
class Paper:
	"""A document made from an order. ``blocks``: why it can't be undone."""

	doctype: str
	name: str
	docstatus: int
	blocks: tuple[RuleViolation, ...] = ()
	payments: tuple[tuple[str, str], ...] = ()
	"""(doctype, name) of what pays an invoice."""

	@property
	def action(self) -> str:
		if self.doctype == "Order Box":
			return EMPTY
		return CANCEL if self.docstatus == 1 else DELETE


@dataclass(frozen=True, slots=True)
class UndoStep:
	"""One thing to do, on one document."""

	action: str
	doctype: str
	name: str


def reopening_steps(
	order: str,
	papers: Iterable[Paper],
	back_to: str,
	choices: Mapping[str, str] | None = None,
	advances: Iterable[tuple[str, str]] = (),
) -> tuple[UndoStep, ...]:
	"""The steps in which they are undone, the order itself last; papers of one kind the latest first.

	``choices``: {payment: UNLINK or KEEP}; it is taken off the invoices before they are cancelled.
	``advances``: (doctype, name) of what pays the order itself, which leaves it before it is cancelled.
	"""
	known = sorted(papers, key=lambda it: it.name, reverse=True)
	drafts = [it for kind in _DRAFTS for it in known if it.doctype == kind and it.docstatus == 0]
	submitted = [it for kind in _SUBMITTED for it in known if it.doctype == kind and it.docstatus == 1]
	chosen = choices or {}
	payments = [payment for it in submitted for payment in it.payments]
	payments += [] if back_to == TO_PICK else list(advances)
	paid = dict.fromkeys(payment for payment in payments if payment[1] in chosen)
	found = [
		*(UndoStep(it.action, it.doctype, it.name) for it in drafts),
		*(UndoStep(chosen[name], doctype, name) for doctype, name in paid),
		*(UndoStep(it.action, it.doctype, it.name) for it in submitted),
	]
	if back_to != TO_PICK:
		found.append(UndoStep(CANCEL, "Sales Order", order))
	if back_to == DRAFT:
		found.append(UndoStep(AMEND, "Sales Order", order))
	return tuple(found)
