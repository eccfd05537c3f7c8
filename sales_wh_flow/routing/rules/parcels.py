"""Parcels that are worth sending: a warehouse beyond the first serves at least so much in money.

The first is the one that serves most; where a parcel leaves anyway, whatever joins it is welcome, and each
warehouse beside it is one beyond the first.
"""

from collections.abc import Container, Mapping
from typing import TypeVar

from sales_wh_flow.base.quantities import is_less

Sender = TypeVar("Sender", str, int)


def not_worth(worth: Mapping[Sender, float], least: float, sends_anyway: Container[Sender]) -> Sender | None:
	"""The sender whose parcel is worth least and too little; None where all are worth sending.

	``worth``: what each serves at once, better senders first; of equals the last one goes.
	"""
	if not least:
		return None
	own = [sender for sender in worth if sender not in sends_anyway]
	if len(own) == len(worth) and own:
		own.remove(max(own, key=worth.__getitem__))
	if not own:
		return None
	smallest = min(reversed(own), key=worth.__getitem__)
	return smallest if is_less(worth[smallest], least) else None
