"""ERPNext's own tests of Stock Reservation Entry pass with the app installed, and what means the same with
Stock Lock on passes then too.
"""

from erpnext.stock.doctype.stock_reservation_entry import test_stock_reservation_entry as upstream

from .conftest import set_stock_lock


class TestSwitchedOff(upstream.TestStockReservationEntry):
	@classmethod
	def setUpClass(cls):
		set_stock_lock("Off")
		super().setUpClass()


class TestLockOn(upstream.TestStockReservationEntry):
	@classmethod
	def setUpClass(cls):
		set_stock_lock("On")
		super().setUpClass()
