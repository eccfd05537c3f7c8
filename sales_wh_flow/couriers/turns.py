"""How often a stranger may be wrong, and how much a courier may send, in a minute.

A stranger is counted by the address of the request alone, before anybody knows whom it names, so that nobody
learns which couriers there are.
"""

from sales_wh_flow.base import turns

MOST_REFUSED = 120
MOST_TAKEN = 12_000
"""A busy courier sends a hundred a second; whatever sends more than twice that runs wild."""

_WINDOW_S = 60


def was_refused_too_often(sender: str) -> bool:
	"""Whether this address has been refused so often in this minute that it is not listened to."""
	return turns.turns_taken("courier:refused", sender, _WINDOW_S) >= MOST_REFUSED


def count_refused(sender: str) -> None:
	"""A message from there could not be believed: too many of them are not even looked at."""
	turns.count_turn("courier:refused", sender, _WINDOW_S)


def may_take(courier: str) -> bool:
	"""Count a proved message of a courier. False: it is to be sent again later."""
	return turns.count_turn("courier:taken", courier, _WINDOW_S) <= MOST_TAKEN
