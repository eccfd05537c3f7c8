"""What came back, summed up by what somebody asks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from statistics import median

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.returns.rules.facts import QUARANTINE, RESTOCK, SCRAP

GROUPS = {"Reason": "reason", "Item": "item_code", "Customer": "customer", "Courier": "courier"}
"""What it may be summed up by: field of a row."""

_VALUE_OF = {RESTOCK: "restocked", QUARANTINE: "quarantined", SCRAP: "scrapped"}
VALUES = tuple(_VALUE_OF.values())


def hours_to_decision(received_on: datetime | None, decided_on: datetime | None) -> float | None:
	"""None while nobody has decided."""
	if received_on is None or decided_on is None:
		return None
	return max((decided_on - received_on).total_seconds(), 0.0) / 3600


def value_by_decision(row: Mapping) -> dict[str, float]:
	"""{"restocked", "quarantined", "scrapped": what the stock of a posted row is worth}."""
	found = dict.fromkeys(VALUES, 0.0)
	if row["decision"] in _VALUE_OF:
		found[_VALUE_OF[row["decision"]]] = row["value"]
	return found


def sums(rows: Iterable[Mapping], field: str) -> list[dict]:
	"""The rows summed up by a field and company, those with the most rows first.

	Shape: {field, "company", "currency", "cases", "rows", "waiting": rows nobody has decided, "hours_half",
	"hours_longest", "restocked", "quarantined", "scrapped", "credited"}. Quantities of different items are
	never added up.
	"""
	groups: dict[tuple[str, str], list[Mapping]] = defaultdict(list)
	for row in rows:
		groups[row[field] or "", row["company"]].append(row)
	found = [
		_sum(field, value, company, its)
		for (value, company), its in sorted(groups.items(), key=lambda it: it[0])
	]
	return sorted(found, key=lambda it: -it["rows"])


def _sum(field: str, value: str, company: str, rows: list[Mapping]) -> dict:
	hours = [
		it for row in rows if (it := hours_to_decision(row["received_on"], row["decided_on"])) is not None
	]
	worth = [value_by_decision(row) for row in rows]
	return {
		field: value,
		"company": company,
		"currency": rows[0]["currency"],
		"cases": len({row["return_case"] for row in rows}),
		"rows": len(rows),
		"waiting": sum(not row["decision"] for row in rows),
		"hours_half": rounded(median(hours)) if hours else None,
		"hours_longest": rounded(max(hours)) if hours else None,
		**{key: rounded(sum(it[key] for it in worth)) for key in VALUES},
		"credited": rounded(sum(row["credited"] for row in rows)),
	}
