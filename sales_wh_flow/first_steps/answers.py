"""What `first_steps.api` answers."""

from typing import TypedDict


class NewRecord(TypedDict):
	doctype: str
	name: str


class MadeRecord(NewRecord):
	"""``enabled``: 1 or 0."""

	enabled: int


class TriedOrder(TypedDict):
	"""``words``: what would have happened to it."""

	sales_order: str
	customer_name: str
	on: str
	value: float
	currency: str
	words: str


class CheckRow(TypedDict):
	"""``route``: where on the desk it is mended by hand; ``fix``: the words of the button that mends it."""

	check: str
	text: str
	route: list[str]
	fix: str


class TemplateRow(TypedDict):
	"""``figure``: None where it takes none. ``made``: records it has made, switched off ones, too.
	``figure``: its record's own, once there is one. ``others``: of the same kind, on already and not made by
	it, at most three. ``begins``: what is so once it is switched on, in words.
	"""

	template: str
	figure: float | None
	docs: str
	is_on: bool
	made: list[MadeRecord]
	others: list[NewRecord]
	begins: list[str]


class FirstSteps(TypedDict):
	"""``may_set_up``: the session's user may switch things on; the rest is empty without it."""

	company: str
	may_set_up: bool
	checks: list[CheckRow]
	templates: list[TemplateRow]


class Trial(TypedDict):
	"""``hit``: orders that would have been touched. ``note``: how it was measured. ``lacks``: what it could
	not know, each with where it is entered.
	"""

	looked_at: int
	hit: int
	rows: list[TriedOrder]
	note: str
	lacks: list[CheckRow]


class SwitchedOn(TypedDict):
	"""``switched``: labels of the switches that were off before."""

	made: list[NewRecord]
	switched: list[str]


class TakenAway(TypedDict):
	"""Names. ``switched_off``: of what something was decided by, so that it stays."""

	removed: list[str]
	switched_off: list[str]


class FigureRow(TypedDict):
	"""``filters``: {field: [operator, value]}: the list of the DocType by them is what was counted."""

	count: int
	is_more: bool
	words: str
	doctype: str
	filters: dict[str, list[str | int | tuple[str, ...]]]


class StateOfCompany(TypedDict):
	company: str
	state: str


class SwitchRow(TypedDict):
	"""``companies``: those with a state of their own; ``docs``: its page of the documentation."""

	switch: str
	label: str
	state: str
	companies: list[StateOfCompany]
	docs: str
	figures: list[FigureRow]


class WhatIsOn(TypedDict):
	"""The figures are of records from ``since`` on."""

	since: str
	rows: list[SwitchRow]
