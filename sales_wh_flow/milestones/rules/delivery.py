"""When a message that could not be delivered is tried again, and by what it is told from others."""

import hashlib

MOST_ATTEMPTS = 8

_DELAYS_MIN = (1, 5, 15, 60, 180, 360, 720)
"""After the first attempt, the second and so on: about a day in all."""


def delay_min(attempts: int) -> int:
	"""How long after so many attempts the next one comes, in minutes."""
	return _DELAYS_MIN[min(max(attempts, 1), len(_DELAYS_MIN)) - 1]


def message_key(order: str, milestone: str, box: str, receiver: str, channel: str, occasion: str) -> str:
	"""A key that one message has however often it is made. ``occasion``: what may happen to an order
	more than once, e.g. the new date of a delay.
	"""
	parts = (order, milestone, box, receiver.lower(), channel, occasion)
	return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
