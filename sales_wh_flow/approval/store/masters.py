"""What master records say that somebody may have typed otherwise on an order: rates, prices, the customer."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate

from sales_wh_flow.approval.rules.inclusive_tax import Inside, TaxRow, inside
from sales_wh_flow.approval.store.listed_prices import AGREED, CUSTOMER, FACTOR, PRICES, WORTH
from sales_wh_flow.base.quantities import FACTOR_NOISE, HALF_CENT


@dataclass(frozen=True, slots=True)
class Listed:
	"""The price of a row's quantity in company currency, as written (with tax, where prices include it).

	``own``: by the customer's own price list, ``named``: by the one that the order names, or by
	the default one where ERPNext falls back to that; None = no price.
	``agreed``: by the customer's Blanket Order; ``worth``: by the item, for what is given for nothing.
	``factor``: how many stock units one of the row's UOM is, as the item says. ``currency``: that of a price
	which is in another one than the order.
	"""

	own: float | None = None
	named: float | None = None
	agreed: float | None = None
	worth: float | None = None
	factor: float | None = None
	currency: str = ""

	@property
	def measure(self) -> float | None:
		"""What a discount is measured against: the customer's own price, else the order's."""
		return self.named if self.own is None else self.own


@dataclass(frozen=True, slots=True)
class Masters:
	"""``prices``: of each row, by its name. ``usual``: {"Customer Group", "Territory", "Price List"} by the
	customer's own record; empty without him.
	"""

	prices: Mapping[str, Listed] = field(default_factory=dict)
	usual: Mapping[str, str] = field(default_factory=dict)


def inside_of(doc: Document) -> dict[str, Inside]:
	"""The tax inside the price of each row; empty where prices are net. No statement."""
	rows = [
		TaxRow(
			tax.account_head or "",
			tax.charge_type or "",
			flt(tax.rate),
			bool(cint(tax.included_in_print_rate)),
			cint(tax.row_id),
		)
		for tax in doc.get("taxes") or ()
	]
	if not any(row.is_inside for row in rows):
		return {}
	return {name_of(row): inside(rows, _own_rates(row)) for row in doc.items}


def _own_rates(row: Any) -> dict[str, float]:
	found = json.loads(row.get("item_tax_rate") or "{}")
	return {account: flt(rate) for account, rate in found.items()}


Amount = TypeVar("Amount", float, float | None)


def net(amount: Amount, row: Any, taxes: Mapping[str, Inside]) -> Amount:
	"""An amount of a row without the tax inside it; it is in the currency of the order's rates."""
	found = taxes.get(name_of(row))
	return amount if amount is None or found is None else found.net(amount, flt(row.qty))


def made_on(doc: Document) -> date:
	"""The day whose prices and rates count: when the document was made. The date on it can be typed."""
	return getdate(doc.creation or None)


def own_currency(doc: Document) -> str:
	"""The currency of the company's books."""
	return frappe.get_cached_value("Company", doc.company, "default_currency")


def masters_of(
	doc: Document,
	wrong_rates: Mapping[str, tuple[float, float]],
	rate_of: Callable[[str], float | None] = lambda _currency: None,
) -> Masters:
	"""What each row costs today by the price list of the order, by the customer's own and by his Blanket
	Orders, what it is worth where it is given for nothing, and what is usual for the customer; one statement.

	``rate_of``: what a currency is worth that is not on the order; None = nobody knows.
	"""
	codes = tuple({row.item_code for row in doc.items if row.item_code}) or ("",)
	rows = frappe.db.sql(
		PRICES,
		{
			"price_list": doc.selling_price_list or "",
			"items": codes,
			"customer": doc.customer or "",
			"company": doc.company,
			"date": made_on(doc),
			"uoms": tuple({row.uom for row in doc.items if row.uom and row.uom != row.stock_uom}) or ("",),
			"free": tuple({row.item_code for row in doc.items if not flt(row.amount)}) or ("",),
		},
	)
	agreed: dict[str, dict[str, tuple[bool, float]]] = {}
	worth: dict[tuple[str, str], float] = {}
	named: dict[tuple[str, str], float] = {}
	spare: dict[tuple[str, str], float] = {}
	others: dict[str, str] = {}
	of_spare: dict[str, str] = {}
	own: dict[tuple[str, str], float] = {}
	factors: dict[tuple[str, str], float] = {}
	usual: dict[str, str] = {}
	for kind, price_list, is_own, item, uom, rate, currency in rows:
		figures = {FACTOR: factors, WORTH: worth}.get(kind)
		if figures is not None:
			if is_own or (item, uom) not in figures:
				figures[item, uom] = flt(rate)
			continue
		if kind == AGREED:
			rate_base = flt(rate) * _factor(doc, doc.currency, wrong_rates, rate_of)
			agreed.setdefault(item, {})[price_list] = (bool(is_own), rate_base)
			continue
		if kind == CUSTOMER:
			usual = {"Customer Group": item, "Territory": uom, "Price List": price_list}
			continue
		rate_base = flt(rate) * _factor(doc, currency, wrong_rates, rate_of)
		is_named = price_list == doc.selling_price_list
		if currency and currency != doc.currency:
			(others if is_own or is_named else of_spare)[item] = currency
		if is_own:
			own.setdefault((item, uom or ""), rate_base)
		if is_named:
			named.setdefault((item, uom or ""), rate_base)
		elif not is_own:
			spare.setdefault((item, uom or ""), rate_base)
	prices = (named, others), (spare, of_spare)
	listed = {
		name_of(row): Listed(
			_of_row(own, row, factors),
			agreed=_agreed(agreed, row),
			worth=_of_row(worth, row, factors),
			factor=factors.get((row.item_code, row.uom)),
			**_named_price(row, prices, factors),
		)
		for row in doc.items
	}
	return Masters(listed, usual)


def _named_price(row: Any, prices: Iterable[tuple[Mapping, Mapping]], factors: Mapping) -> dict[str, Any]:
	"""By the first of these lists that has a price of the row, as ERPNext looks for one, and its currency.

	``prices``: ({(item, UOM): price}, {item: currency other than the order's}) of each list.
	"""
	found, currency = None, ""
	for of_list, currencies in prices:
		price = _of_row(of_list, row, factors)
		found, currency = (found if price is None else price), currency or currencies.get(row.item_code, "")
		if price:
			break
	return {"named": found, "currency": currency}


def _agreed(blanket_orders: Mapping[str, Mapping[str, tuple[bool, float]]], row: Any) -> float | None:
	"""What the row's quantity costs by its Blanket Order, else by the dearest that is not used up; a Blanket
	Order counts stock units.
	"""
	found = blanket_orders.get(row.item_code, {})
	if row.get("blanket_order") in found:
		return found[row.blanket_order][1] * flt(row.stock_qty)
	rates = [rate for is_left, rate in found.values() if is_left]
	return max(rates) * flt(row.stock_qty) if rates else None


def _factor(
	doc: Document,
	currency: str | None,
	wrong_rates: Mapping[str, tuple[float, float]],
	rate_of: Callable[[str], float | None],
) -> float:
	"""From the currency of a price to the company's."""
	if currency and currency in wrong_rates:
		return wrong_rates[currency][1]
	if currency == doc.currency:
		return flt(doc.conversion_rate) or 1.0
	if currency == own_currency(doc):
		return 1.0
	third = rate_of(currency) if currency and currency != doc.price_list_currency else None
	return third or flt(doc.plc_conversion_rate) or 1.0


def _of_row(
	prices: Mapping[tuple[str, str], float], row: Any, factors: Mapping[tuple[str, str], float]
) -> float | None:
	"""The price of the row's quantity: of its own UOM, else by stock unit.

	How many stock units one of its UOM is says the item: a box typed to hold sixty is ten boxes of six.
	"""
	own = flt(row.qty) * _holds_more(row, factors.get((row.item_code, row.uom)))
	for uom, qty in ((row.uom, own), (row.stock_uom, row.stock_qty), ("", row.stock_qty)):
		if (row.item_code, uom or "") in prices:
			return prices[row.item_code, uom or ""] * flt(qty)
	return None


def _holds_more(row: Any, factor: float | None) -> float:
	"""How many of its UOM, as the item counts, one of the row's is; 1 where it is what the item says."""
	if not factor or row.uom == row.stock_uom:
		return 1.0
	share = (flt(row.conversion_factor) or 1.0) / factor
	return share if abs(share - 1) > FACTOR_NOISE else 1.0


def differences_from_masters(
	doc: Document, wrong_rates: Mapping[str, tuple[float, float]], masters: Masters
) -> tuple[tuple[str, str, str], ...]:
	"""(what, as typed, as its master says) of everything on the order that differs from its master.

	In no language: approvals keep it, and compare it with what another user's save finds; see
	``approval.words.differences``.
	"""
	found = [
		(f"Exchange rate of {currency}", f"{typed:g}", f"{known:g}")
		for currency, (typed, known) in sorted(wrong_rates.items())
	]
	for what, typed in (
		("Customer Group", doc.customer_group),
		("Territory", doc.territory),
		("Price List", doc.selling_price_list),
	):
		known = masters.usual.get(what)
		if typed and known and typed != known:
			found.append((what, typed, known))
	return (*found, *_typed_in_rows(doc, masters.prices))


def _typed_in_rows(doc: Document, listed: Mapping[str, Listed]) -> Iterator[tuple[str, str, str]]:
	"""Boxes that hold what no item says; list prices that no price list says, unless a Pricing Rule wrote
	them."""
	rate = flt(doc.conversion_rate) or 1.0
	for row in doc.items:
		master = listed.get(name_of(row), Listed())
		holds = _holds_more(row, master.factor)
		if holds != 1.0:
			what = f"Row #{row.idx}: size of {row.uom} of {row.item_code}"
			yield what, f"{flt(row.conversion_factor):g}", f"{master.factor:g}"
		price = master.named
		if price is None or row.get("pricing_rules") or not flt(row.qty):
			continue
		typed, known = flt(row.price_list_rate), price / holds / flt(row.qty) / rate
		if abs(typed - known) > HALF_CENT:
			what = f"Row #{row.idx}: list price of {row.item_code}"
			yield what, f"{typed:g}", f"{flt(known, 6):g}"


def name_of(row: Any) -> str:
	"""The row's name; its number while it is not saved."""
	return row.name or str(row.idx)
