"""What the rules are told: frozen facts about orders, stock, rules and documents.

Units: ``*_stock`` is a quantity in the item's stock UOM, ``*_base`` an amount in the company's currency,
``*_pct`` a percentage (15.0 means 15 %), coordinates are decimal degrees.
"""

from dataclasses import dataclass

from sales_wh_flow.base.bin_key import BinKey


@dataclass(frozen=True, slots=True)
class LineFacts:
	"""One Sales Order line. ``locked_stock`` counts open locks only (reserved and not yet delivered).

	``rate_base``: the price written on the line, for one stock unit. Not amount / quantity: amounts are
	rounded and carry a share of the order's discount, so they move by a cent when routing splits the line.
	``step_stock``: the parts of a split line are multiples of it (boxes of 12: 12); 0 = whole units, or any.
	``amount_base`` and ``list_amount_base`` are net: without the tax that prices may include, and the former
	with the line's share of the order's discount. ``pricing``: what approval rules ask about the line beyond
	its amounts; None where nobody needs it.

	A component of a product bundle is a line too: ``row`` names its Packed Item, ``bundle`` the order line
	it is a part of, ``per_bundle`` how much of it is in one bundle, and ``step_stock`` in what number of
	bundles the line can be delivered.
	"""

	row: str
	idx: int
	item_code: str
	qty_stock: float
	warehouse: str | None = None
	delivered_stock: float = 0.0
	locked_stock: float = 0.0
	is_stock_item: bool = True
	is_lockable: bool = True
	is_whole_number: bool = False
	rate_base: float = 0.0
	amount_base: float = 0.0
	list_amount_base: float = 0.0
	step_stock: float = 0.0
	bundle: str = ""
	per_bundle: float = 0.0
	pricing: "PriceFacts | None" = None

	@property
	def bin_key(self) -> BinKey:
		return (self.item_code, self.warehouse or "")


@dataclass(frozen=True, slots=True)
class PriceFacts:
	"""A line as approval rules see it. Trees are given as the node itself and its parents up to the root.

	``explained_base``: the part of its discount that Pricing Rules gave, ``coupon_base`` the part that a
	coupon gave. ``listed_base``: what its quantity costs by the price list, net; ``agreed_base`` by the
	customer's Blanket Order; ``worth_base``: what it is worth by its item, where it is given for nothing.
	``valuation_base`` and ``purchase_base`` what it costs us (0 for a service without a cost); None when
	unknown.
	``missing_stock``: what is not free in its warehouse, in stock UOM. ``days_late``: of goods that come
	back, by how many days after their return window.
	"""

	item_groups: tuple[str, ...] = ()
	brand: str = ""
	warehouses: tuple[str, ...] = ()
	explained_base: float = 0.0
	coupon_base: float = 0.0
	listed_base: float | None = None
	agreed_base: float | None = None
	worth_base: float | None = None
	valuation_base: float | None = None
	purchase_base: float | None = None
	missing_stock: float | None = None
	days_late: int | None = None
