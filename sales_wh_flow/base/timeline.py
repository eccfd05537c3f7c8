"""A document's timeline: what the flow did, told to each reader in words of his own."""

from collections.abc import Callable

from sales_wh_flow.base import said


def note(doc, words: Callable[..., str], **values) -> None:
	"""One line of the timeline. ``words``: a function of a ``timeline.py``, making HTML."""
	doc.add_comment("Info", said.keep(words, **values))
