"""Questions for labels that were never answered, and labels that are on no box and not given back yet."""

from datetime import timedelta

from frappe.utils import now_datetime

from sales_wh_flow.couriers.make_label import Begun
from sales_wh_flow.couriers.rules.labels import ask_from_text
from sales_wh_flow.couriers.store import label_facts, labels
from sales_wh_flow.couriers.store.labels import KeptLabel

WAITS = timedelta(minutes=3)
"""Longer than whoever asks is waited for."""
MOST_TRIES = 12
_MOST = 50


def unsettled_labels() -> list[KeptLabel]:
	"""What is to be settled, those tried least first."""
	return labels.unsettled(now_datetime() - WAITS, MOST_TRIES + 1, _MOST)


def begun_again(kept: KeptLabel, *, knows_keys: bool) -> Begun | None:
	"""The question as it was put, to be put once more. None where nobody asks any more, or the courier would
	make another label: then it stays unknown, until somebody looks in the courier's own program.
	"""
	label_facts.hold_labelled(kept.box)
	now_kept = labels.hold_label(kept.ask_key)
	if now_kept is None or now_kept.state != labels.ASKED:
		return None
	if not knows_keys or now_kept.tries >= MOST_TRIES:
		labels.set_label([kept.name], labels.UNKNOWN)
		return None
	try:
		ask = ask_from_text(now_kept.ask)
	except ValueError:
		labels.set_label([kept.name], labels.UNKNOWN)
		return None
	labels.set_label([kept.name], labels.ASKED, tries=now_kept.tries + 1)
	return Begun(kept.box, kept.courier, ask)


def is_on_its_box(kept: KeptLabel) -> bool:
	"""Whether a label that is to be given back still stands on its box: somebody was voiding it."""
	row = label_facts.hold_labelled(kept.box)
	return bool(row and row.made_on and row.label_ref == kept.label_ref)
