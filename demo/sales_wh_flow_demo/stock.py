"""Stock in memory: what lies in each Bin and what of it is locked, by batch and serial number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import fsum

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.stock_lock.rules.allocation import pick_entries
from sales_wh_flow.stock_lock.rules.facts import BatchFacts
from sales_wh_flow_demo.dataset import StockRow


@dataclass(slots=True)
class Lot:
	"""One batch, one serial number, or (both empty) goods that nobody tells apart."""

	batch: str = ""
	serial_no: str = ""
	expires: date | None = None
	on_hand: float = 0.0
	locked: float = 0.0

	@property
	def name(self) -> str:
		return self.serial_no or self.batch

	def is_expired(self, today: date) -> bool:
		return self.expires is not None and self.expires < today

	def free(self, today: date) -> float:
		return 0.0 if self.is_expired(today) else rounded(self.on_hand - self.locked)


@dataclass(slots=True)
class StockBook:
	lots: dict[BinKey, dict[str, Lot]] = field(default_factory=dict)

	def receive(self, row: StockRow) -> None:
		lots = self.lots.setdefault((row.item, row.warehouse), {})
		lot = lots.setdefault(row.serial_no or row.batch, Lot(row.batch, row.serial_no, row.expires))
		lot.on_hand = rounded(lot.on_hand + row.qty)

	def as_received(self, key: BinKey, lot_name: str, qty: float) -> StockRow:
		"""So much of a batch, a serial number or plain goods, as it could be received again."""
		lot = self.lots[key][lot_name]
		return StockRow(*key, qty, lot.batch, lot.expires, lot.serial_no)

	def free(self, keys: Iterable[BinKey], today: date) -> dict[BinKey, float]:
		"""What may be locked of each Bin; expired batches may not."""
		return {
			key: rounded(fsum(lot.free(today) for lot in self.lots.get(key, {}).values())) for key in keys
		}

	def is_expired(self, key: BinKey, lot_name: str, today: date) -> bool:
		return self.lots[key][lot_name].is_expired(today)

	def lock(self, key: BinKey, qty: float, today: date) -> tuple[tuple[str, float], ...]:
		"""(lot, quantity): locks ``qty``, the batch that expires first first; less when there is less."""
		lots = sorted(
			self.lots.get(key, {}).values(),
			key=lambda lot: (lot.expires or date.max, lot.batch, lot.serial_no),
		)
		offers = [BatchFacts(lot.batch, lot.serial_no, lot.free(today)) for lot in lots]
		taken = []
		for entry in pick_entries(qty, offers):
			lot = self.lots[key][entry.serial_no or entry.batch_no or ""]
			lot.locked = rounded(lot.locked + entry.qty_stock)
			taken.append((lot.name, entry.qty_stock))
		return tuple(taken)

	def unlock(self, key: BinKey, lot_name: str, qty: float) -> None:
		lot = self.lots[key][lot_name]
		lot.locked = rounded(lot.locked - qty)

	def ship(self, key: BinKey, lot_name: str, qty: float) -> None:
		"""Locked goods leave."""
		lot = self.lots[key][lot_name]
		lot.locked = rounded(lot.locked - qty)
		lot.on_hand = rounded(lot.on_hand - qty)
		if lot_name and not lot.on_hand:  # a Bin would remember every batch and serial number it ever held
			del self.lots[key][lot_name]
