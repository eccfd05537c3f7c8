"""The last step of every answer: what is stored as a code leaves as words, in whatever form it is asked for.

Forms, lists, reports, timelines, REST: Frappe reads the tables itself and hands out what it finds.
"""

import json

from sales_wh_flow.base import said

_SIGN = b'"said\\'


def word_for_reader(response=None, request=None) -> None:
	"""Hook after_request: put the reader's words where a stored text stands; other answers stay untouched."""
	if response is None or response.is_streamed or response.mimetype != "application/json":
		return
	answer = response.get_data()
	if _SIGN in answer:
		response.set_data(json.dumps(said.word_all(json.loads(answer)), separators=(",", ":")))
