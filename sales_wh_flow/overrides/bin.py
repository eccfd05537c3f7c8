"""Bin that writes only what changed.

ERPNext's ``update_bin_qty`` loads a Bin from the transaction's snapshot, sets one figure and writes the whole
row back. Whatever another transaction committed meanwhile, ``reserved_stock`` and ``actual_qty`` among it, is
lost, and with a lost ``reserved_stock`` ERPNext's ledger no longer protects locked units. No document event
is fired on that way, so this is the one class the app extends.
"""

import frappe

from erpnext.stock.doctype.bin.bin import Bin

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
			frappe.db.set_value("Bin", self.name, changed, update_modified=False)
		self._loaded.update(changed)
