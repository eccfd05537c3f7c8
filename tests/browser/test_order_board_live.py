"""The Order Board hears through a running socket.io what others do: nobody presses anything."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

import frappe

from tests.browser import data
from tests.browser.test_order_board import see_board

PATIENCE_S = 20


@pytest.fixture
def realtime(site):
	"""Frappe's own socket.io server of this bench, for the length of a test."""
	bench = Path(frappe.utils.get_bench_path())
	program, node = bench / "apps" / "frappe" / "socketio.js", shutil.which("node")
	if not (node and (program.parent / "node_modules" / "socket.io").is_dir()):
		pytest.skip("REALTIME IS MISSING: there is no node, or frappe has no node_modules/socket.io")
	process = subprocess.Popen([node, str(program)], cwd=bench / "sites")
	try:
		wait_for(frappe.conf.socketio_port, process)
		yield
	finally:
		process.terminate()
		process.wait(10)


def wait_for(port, process):
	until = time.monotonic() + PATIENCE_S
	while time.monotonic() < until:
		assert process.poll() is None, "socket.io has ended"
		with socket.socket() as found:
			if found.connect_ex(("127.0.0.1", int(port))) == 0:
				return
		time.sleep(0.1)
	pytest.fail(f"socket.io does not answer on port {port}")


def test_an_order_that_another_process_submits_appears_on_an_open_board(realtime, switches, world, log_in):
	switches(stock_lock=True, fulfilment=True, forecast=True, lead_transit_days=2)
	desk = log_in(world.sales_user)
	# The desk looks for socket.io on a port of its own where no proxy joins the two.
	desk.context.add_init_script(
		"Object.defineProperty(window, 'dev_server', { get: () => 1, set: () => undefined })"
	)
	see_board(desk, world)
	desk.page.wait_for_function("() => frappe.realtime.socket && frappe.realtime.socket.connected")
	expect(desk.page.locator(".ob-card")).to_have_count(0)
	order = data.make_order(world, {"qty": 2}, submit=True)
	expect(desk.page.locator(f"[data-order='{order.name}']")).to_be_visible(timeout=15_000)
