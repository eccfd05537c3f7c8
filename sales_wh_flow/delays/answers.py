"""What `delays.api` answers."""

from typing import TypedDict


class MyDelay(TypedDict):
	"""A delay alert. Days and times are text, "" for none; ``best_step``: its code, ``step``: in words;
	``cause``: in words.
	"""

	name: str
	sales_order: str
	customer_name: str | None
	flow_status: str | None
	stage: str | None
	warehouse: str | None
	lateness: str | None
	promised_on: str
	expected_on: str
	cause: str
	best_step: str | None
	step: str
	state: str
	snoozed_until: str
	snooze_reason: str
	due_on: str
	level: int
	responsible_user: str | None
	responsible_name: str
	responsible_role: str | None
