"""What the story of a box and a hand-over say about delivery, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _


def scanned_in(handover: str) -> str:
	return _("Scanned into hand-over {0}").format(handover)


def taken_out(handover: str) -> str:
	return _("Taken out of hand-over {0}").format(handover)


def handed_over(handover: str, note: str) -> str:
	return _("Handed over with {0}; Delivery Note {1}").format(handover, note)


def note_refused(why: str) -> str:
	return _("The Delivery Note was refused: {0}").format(why)


def attempted(proof: str, answer: str) -> str:
	"""``answer``: the outcome of an attempt."""
	return _("{0}: proof {1}").format(_(answer), proof)


def corrected(proof: str, replaced: str, answer: str) -> str:
	return _("Corrected to {0}: proof {1} replaces {2}").format(_(answer), proof, replaced)


def note_cancelled(note: str) -> str:
	return _("Delivery Note {0} was cancelled").format(note)


def stop_is_off(note: str, trip: str) -> str:
	return _("Delivery Note {0} was cancelled and is off Delivery Trip {1}. Put back what is loaded.").format(
		note, trip
	)
