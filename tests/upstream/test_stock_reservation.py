"""ERPNext's own tests of Stock Reservation Entry pass with the app installed; those that mean the same with
Stock Lock on pass then too.
"""

from erpnext.stock.doctype.stock_reservation_entry import test_stock_reservation_entry as upstream

from tests.upstream.conftest import set_stock_lock


class TestSwitchedOff(upstream.TestStockReservationEntry):
	@classmethod
	def setUpClass(cls):
		set_stock_lock("Off")
		super().setUpClass()


class TestLockOn(upstream.TestStockReservationEntry):
	"""The other tests ask for what the lock is there to prevent: that an order whose stock nobody reserved
	holds none, that an entry may belong to no order, that reservation may be off; or they cancel what was
	refused, which ERPNext has half submitted by then and the flow has not.
	"""

	test_auto_reserve_serial_and_batch = None
	test_cant_consume_reserved_stock = None
	test_get_available_qty_to_reserve = None
	test_stock_reservation_against_sales_order = None
	test_stock_reservation_from_pick_list = None
	test_stock_reservation_from_purchase_receipt = None
	test_update_reserved_qty_in_voucher = None
	test_update_status = None
	test_validate_stock_reservation_settings = None

	@classmethod
	def setUpClass(cls):
		set_stock_lock("On")
		super().setUpClass()
