"""What stands on labels and manifests beside the address: money to collect, dangerous goods."""

from collections import defaultdict
from collections.abc import Iterable

from frappe import _

from sales_wh_flow.base.in_words import figure
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.packing.at_the_door import asked_for_box
from sales_wh_flow.packing.held import orders_in_box
from sales_wh_flow.packing.store import declared


def box_notices(boxes: Iterable[str], *, with_money: bool = True) -> dict[str, list[str]]:
	"""{box: lines}, of boxes by name; for Print Formats. ``with_money``: what is to be collected
	now is one of them.
	"""
	names, found = list(boxes), defaultdict(list)
	for box, amount, currency in declared.collected_with(names) if with_money else ():
		asked = asked_for_box(box, orders_in_box(box))
		owed = amount if asked is None else min(amount, asked)
		# The code of a currency: label printers know few signs.
		if is_positive(owed):
			found[box].append(_("Collect on delivery: {0}").format(f"{currency} {figure(owed, 2)}"))
	for box, un_number, name, kind, group, is_limited in declared.dangerous_in(names):
		parts = [" ".join(filter(None, (un_number, name))), kind, group, _("LTD QTY") if is_limited else ""]
		found[box].append(", ".join(part for part in parts if part))
	return dict(found)
