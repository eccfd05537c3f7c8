"""Bin that writes only what changed.

ERPNext's ``update_bin_qty`` loads a Bin from the transaction's snapshot, sets one figure and writes the whole
row back. Whatever another transaction committed meanwhile, ``reserved_stock`` and ``actual_qty`` among it, is
lost, and with a lost ``reserved_stock`` ERPNext's ledger no longer protects locked units. The projected
quantity is a sum over the row, so it is added up where the row is fresh. No document event is fired on that
way, so this is the one class the app extends.
"""

import frappe

from erpnext.stock.doctype.bin.bin import Bin

from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.stock_lock.store import bins, reservations

APP = "sales_wh_flow"

_STAMPS = ("modified", "modified_by")


class FlowBin(Bin):
	def load_from_db(self):
		super().load_from_db()
		self._loaded = {field: self.get(field) for field in self.meta.get_valid_columns()}
		return self

	def db_update(self):
		"""Write the columns that differ from what was loaded; the whole row when it was not loaded from the
		database.
		"""
		loaded = self.__dict__.get("_loaded")
		if not loaded:
			return super().db_update()
		changed = {field: self.get(field) for field, value in loaded.items() if self.get(field) != value}
		if changed.keys() - set(_STAMPS):
			bins.write_bin(self.name, changed)
		self._loaded.update(changed)

	def db_set(self, fieldname, value=None, *args, **kwargs):
		"""The projected quantity is added up in the row, from what the row has by then."""
		if fieldname != "projected_qty":
			return super().db_set(fieldname, value, *args, **kwargs)
		self.projected_qty = value
		bins.write_bin(self.name, {"projected_qty": value})

	def update_reserved_stock(self):
		"""What is locked, as last committed: the transaction's snapshot misses what others have delivered and
		locked since it began, and the ledger would refuse stock that is free.
		"""
		# A worker that began before the app was uninstalled still has this class.
		if APP not in frappe.get_installed_apps() or not is_on(STOCK_LOCK):
			return super().update_reserved_stock()
		locked = reservations.open_by_bin([self])
		self.db_set("reserved_stock", locked[self.item_code, self.warehouse])
