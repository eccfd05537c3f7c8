"""A test on a site, rolled back in the end; see tests/on_site.py."""

import pytest

import frappe

from tests.couriers import couriers_world
from tests.couriers.asked_labels import bridge
from tests.couriers.labelled_boxes import closed_box
from tests.on_site import committed, in_this_transaction, place, policy, rolled_back, switches  # noqa: F401


@pytest.fixture(scope="module", autouse=True)
def no_box_stays(site):
	"""What these tests commit of boxes is gone before others look whether all is well."""
	yield
	couriers_world.forget_boxes()


@pytest.fixture
def maker(in_this_transaction, monkeypatch):  # noqa: F811
	"""The program that makes labels."""
	settings = frappe.get_doc("Sales Flow Settings")
	monkeypatch.setitem(settings.__dict__, "private_webhooks", 1)
	monkeypatch.setattr("sales_wh_flow.couriers.accounts.flow_settings", lambda: settings)
	monkeypatch.setattr("sales_wh_flow.couriers.check_courier_form.flow_settings", lambda: settings)
	with bridge() as server:
		server.answers["label.cancel"] = (200, b'{"cancelled": true}')
		yield server


@pytest.fixture
def courier(maker):
	return couriers_world.make_courier(label_url=maker.url, label_kind="ZPL")


@pytest.fixture
def box(courier):
	return closed_box(courier)
