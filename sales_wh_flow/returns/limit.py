"""No return takes back more than was delivered, whoever made it: a case, or somebody by hand.

ERPNext looks at each row of a return alone, and at what others returned as its transaction saw it.
"""

from collections import defaultdict
from typing import Any

from frappe.utils import flt

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns.store import shipped as store


def check_return_limit(note) -> None:
	"""Before a return is submitted. Raises: ValidationError naming item, note and what is left."""
	if not (note.is_return and is_on(RETURNS)):
		return
	if not note.return_against:
		refuse(RuleViolation("return_of_nothing", name=note.name))
	store.hold_notes([note.return_against])
	asked, first = taken_back(note, "dn_detail", "qty")
	shipped = store.read_rows(asked)
	refuse(
		RuleViolation("return_names_no_row", idx=row.idx, item=row.item_code, note=note.return_against)
		for row in note.items
		if not _is_of(row, shipped.get(row.get("dn_detail") or ""), note.return_against)
	)
	gone = store.returned_by_others([note.return_against], note.name)
	refuse(
		RuleViolation(
			"returned_too_much",
			idx=first[name].idx,
			item=shipped[name].item_code,
			note=shipped[name].note,
			uom=shipped[name].uom,
			asked=rounded(qty),
			left=max(rounded(shipped[name].shipped_qty - gone.get(name, 0.0)), 0.0),
		)
		for name, qty in asked.items()
		if name in shipped and is_less(shipped[name].shipped_qty - gone.get(name, 0.0), qty)
	)


def taken_back(doc, link: str, field: str) -> tuple[dict[str, float], dict[str, Any]]:
	"""({what rows name in ``link``: how much is taken back of it, above zero}, {the same: the first row})."""
	asked: dict[str, float] = defaultdict(float)
	first: dict[str, Any] = {}
	for row in doc.items:
		if row.get(link):
			asked[row.get(link)] += -flt(row.get(field))
			first.setdefault(row.get(link), row)
	return asked, first


def _is_of(row, shipped, note: str) -> bool:
	"""Whether a row of a return names the row of the note that sent these very goods."""
	return bool(shipped) and (shipped.note, shipped.item_code) == (note, row.item_code)
