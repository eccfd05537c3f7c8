"""How well orders were served: filled at the first promise, on time in full against three days; by company,
warehouse and more, and order by order.
"""

from frappe import _
from frappe.utils import cint

from sales_wh_flow.figures import measure
from sales_wh_flow.figures.rules.service import COUNTS, FIRST, LAST, REQUESTED, Service, figures
from sales_wh_flow.sales_wh_flow.report.columns import column, fit_for_files
from sales_wh_flow.sales_wh_flow.report.filters import asked_for

EACH, ORDERS = "Each Order", "Orders"
GROUPS = {
	"By Month": ("month", "Data"),
	"By Company": ("company", "Company"),
	"By Warehouse": ("warehouse", "Warehouse"),
	"By Customer Group": ("customer_group", "Customer Group"),
	"By Territory": ("territory", "Territory"),
	"By Seller": ("seller", "User"),
	"By Courier": ("courier", "Courier"),
	"By Item Group": ("item_group", "Item Group"),
}
FILTERS = (
	*("company", "warehouse", "item_group", "customer_group", "territory", "seller", "courier"),
	*("from_date", "to_date"),
)


def execute(filters=None):
	"""Columns, rows, what they rest on, chart; of the orders that the reader may see alone."""
	wanted = asked_for(filters)
	group, kind = GROUPS.get(wanted.show, ("", ""))
	if not (wanted.show == EACH or group):
		group, kind = GROUPS["By Month"]
	given = {name: wanted.get(name) for name in FILTERS}
	given["from_date"] = given["from_date"] or measure.figures_since()
	found = measure.by_group(group, _most_days_early(wanted.days_early), **given)
	if wanted.show == EACH:
		columns = _columns()
		return columns, fit_for_files(columns, _orders(found, wanted.counts)), _basis(found)
	rows = [_of_group(found, key) for key in _by_tree(found)]
	columns = _group_columns(wanted.show or "By Month", kind)
	return columns, fit_for_files(columns, rows), _basis(found), _chart(rows, wanted.draw)


def _most_days_early(typed) -> int | None:
	"""What was typed; None, for any day before, where that is no number of days."""
	words = str(typed if typed is not None else "").strip()
	return cint(words) if words.isdecimal() else None


def _by_tree(found: measure.Measured) -> list[str]:
	"""Each group before what lies in it, by name."""
	return sorted(found.services, key=lambda key: found.above.get(key, (key,))[::-1])


def _of_group(found: measure.Measured, key: str) -> dict:
	"""A row; in a tree with what it lies in, which is how far it is indented."""
	services, places = found.services[key], found.above.get(key, (key,))
	row = _row(key, services)
	if found.above:
		row |= {"indent": len(places) - 1, "parent_key": places[1] if len(places) > 1 else ""}
	currencies = {found.currency_of[found.heads[it.order]["company"]] for it in services}
	# What nobody knows the worth of can't be added to anything else.
	is_added_up = len(currencies) <= 1 or not currencies & found.without_rate
	return row if is_added_up else {**row, "value_fill": None}


def _basis(found: measure.Measured) -> str:
	words = (
		_("On time is what was delivered by the day; what nobody confirmed has not been delivered.")
		if found.by_delivery
		else _("No delivery was confirmed, so on time is what had left by the day.")
	)
	told = [words]
	if len(set(found.currency_of.values())) > 1:
		told.append(_("Values are added up in {0}, at today's exchange rates.").format(found.currency))
	if found.without_rate:
		told.append(
			_("Value Filled needs the exchange rate of {0}: enter a Currency Exchange.").format(
				", ".join(sorted(found.without_rate))
			)
		)
	if found.is_cut:
		told.append(_("Only the newest orders are counted: choose a shorter time."))
	return " ".join(told)


def _row(key: str, services: list[Service]) -> dict:
	found = figures(services)
	return {
		"key": key,
		"orders": found.orders,
		"line_fill": found.line_fill,
		"order_fill": found.order_fill,
		"value_fill": found.value_fill,
		"on_requested": found.on_time[REQUESTED],
		"on_first": found.on_time[FIRST],
		"on_last": found.on_time[LAST],
		"at_once": found.at_once,
		"came_back": found.came_back,
	}


def _orders(found: measure.Measured, counts: str | None) -> list[dict]:
	"""Order by order; ``counts``: only those that this figure counts, what spoils it first."""
	is_wanted = COUNTS.get(counts or "", lambda _service: True)
	services = [it for some in found.services.values() for it in some if is_wanted(it)]
	if counts in COUNTS:
		services.sort(key=lambda it: _worst_first(counts, it))
	return [_order(found.heads[it.order], it) for it in services]


def _worst_first(counts: str, it: Service) -> float:
	share = _row("", [it])[counts] or 0.0
	return -share if counts == "came_back" else share


def _order(head: dict, it: Service) -> dict:
	of_it = _row("", [it])
	return {
		**{name: head[name] for name in ("customer_name", "flow_status", "ordered_on", "requested")},
		**{name: head[name] for name in ("first", "last", "company", "seller")},
		"sales_order": head["name"],
		"full_on": it.full_on,
		"lines": it.lines,
		"lines_filled": it.lines_filled,
		**{name: of_it[name] for name in ("value_fill", "at_once")},
		**{name: _said(of_it[name]) for name in ("on_requested", "on_first", "on_last", "came_back")},
	}


def _said(share: float | None) -> str:
	return "" if share is None else _("Yes") if share else _("No")


def _labels() -> dict[str, str]:
	return {
		"line_fill": _("Lines Filled (%)"),
		"order_fill": _("Orders Filled (%)"),
		"value_fill": _("Value Filled (%)"),
		"on_requested": _("In Full by Request (%)"),
		"on_first": _("In Full by First Promise (%)"),
		"on_last": _("In Full by Last Promise (%)"),
		"at_once": _("Locked at Once (%)"),
		"came_back": _("Refused or Returned (%)"),
	}


def _group_columns(show: str, kind: str) -> list[dict]:
	key = (
		column("key", _(show).removeprefix(_("By") + " "), "Data", width=180)
		if kind == "Data"
		else column("key", _(kind), "Link", kind, 200)
	)
	return [
		key,
		column("orders", _("Orders"), "Int", width=90),
		*(column(name, label, "Percent", width=190) for name, label in _labels().items()),
	]


def _columns() -> list[dict]:
	return [
		column("sales_order", _("Sales Order"), "Link", "Sales Order", 180),
		column("customer_name", _("Customer"), "Data", width=150),
		column("flow_status", _("Flow Status"), "Data", width=130),
		column("ordered_on", _("Ordered On"), "Date", width=100),
		column("requested", _("Requested For"), "Date", width=110),
		column("first", _("First Promised For"), "Date", width=130),
		column("last", _("Promised For"), "Date", width=110),
		column("full_on", _("All There On"), "Date", width=110),
		column("on_requested", _("By Request"), "Data", width=100),
		column("on_first", _("By First Promise"), "Data", width=120),
		column("on_last", _("By Last Promise"), "Data", width=120),
		column("lines", _("Lines"), "Int", width=70),
		column("lines_filled", _("Lines Filled"), "Int", width=100),
		column("value_fill", _("Value Filled (%)"), "Percent", width=120),
		column("at_once", _("Locked at Once (%)"), "Percent", width=140),
		column("came_back", _("Refused or Returned"), "Data", width=150),
		column("seller", _("Seller"), "Data", width=150),
		column("company", _("Company"), "Link", "Company", 140),
	]


def _chart(rows: list[dict], draw: str | None = None) -> dict | None:
	"""What lies in no group of these rows stands beside it; a tree's groups would be counted twice."""
	groups = {row.get("parent_key") for row in rows}
	rows = [row for row in rows if "parent_key" not in row or row["key"] not in groups]
	if not rows:
		return None
	if draw == ORDERS:
		names = [row["key"] or _("None") for row in rows]
		counts = [row["orders"] for row in rows]
		return {
			"data": {"labels": names, "datasets": [{"name": _("Orders"), "values": counts}]},
			"type": "bar",
		}
	labels, shown = _labels(), ("line_fill", "on_requested", "on_first", "on_last", "at_once")
	return {
		"data": {
			"labels": [row["key"] or _("None") for row in rows],
			"datasets": [
				{"name": labels[name], "values": [row[name] or 0 for row in rows]}
				for name in shown
				if any(row[name] is not None for row in rows)
			],
		},
		"type": "bar",
	}
