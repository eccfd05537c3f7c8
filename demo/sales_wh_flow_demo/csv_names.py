"""Names that a site's database cannot tell apart: it ignores accents and takes capitals for small letters."""

import unicodedata

from sales_wh_flow_demo.csv_sheets import Problem
from sales_wh_flow_demo.dataset import DataSet


def alike(data: DataSet) -> list[Problem]:
	"""A problem for each name that a site would take for another one of its kind."""
	named = (
		("warehouses.csv", "warehouse", [row.name for row in data.warehouses]),
		("items.csv", "item", [row.code for row in data.items]),
		("customers.csv", "customer", [row.name for row in data.customers]),
		("customer_groups.csv", "customer_group", [row.name for row in data.customer_groups]),
		("couriers.csv", "courier", [row.name for row in data.couriers]),
		("orders.csv", "order", [row.name for row in data.orders]),
	)
	problems = []
	for file, column, names in named:
		first: dict[str, str] = {}
		for name in names:
			other = first.setdefault(_as_kept(name), name)
			if other != name:
				advice = (
					f"is the same as {other!r} to a site's database, which ignores case and accents;"
					" rename one"
				)
				problems.append(Problem(file, 0, column, name, advice))
	return problems


def _as_kept(name: str) -> str:
	letters = unicodedata.normalize("NFKD", name.casefold())
	return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()
