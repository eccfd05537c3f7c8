"""Names that a site's database cannot tell apart are refused before anything is loaded."""

from dataclasses import replace

import pytest

from sales_wh_flow_demo import csv_names, sample


@pytest.fixture(scope="module")
def data():
	return sample.generate(orders=5)


def test_the_sample_company_has_no_names_alike(data):
	assert csv_names.alike(data) == []


@pytest.mark.parametrize(
	("kind", "key", "file", "one", "other"),
	[
		("customers", "name", "customers.csv", "Müller Bau", "Muller Bau"),
		("customers", "name", "customers.csv", "ACME Ltd", "Acme Ltd"),
		("items", "code", "items.csv", "bolt-6", "BOLT-6"),
		("warehouses", "name", "warehouses.csv", "Göteborg", "goteborg"),
		("orders", "name", "orders.csv", "A-1", "a-1"),
	],
)
def test_names_that_differ_in_case_or_accents_alone_are_named(data, kind, key, file, one, other):
	rows = getattr(data, kind)
	rows = (replace(rows[0], **{key: one}), replace(rows[1], **{key: other}), *rows[2:])
	(problem,) = csv_names.alike(replace(data, **{kind: rows}))
	assert str(problem).startswith(f"{file}, column ") and f'"{other}" is the same as {one!r}' in str(problem)
