"""For one version everything answers under the path it had before a folder was a capability."""

import importlib
import pickle
import threading
from types import SimpleNamespace

import pytest
from werkzeug.test import Client

import frappe

from sales_wh_flow import jobs, messages
from sales_wh_flow.approval import mail
from sales_wh_flow.former_paths import METHODS
from tests import factories as make
from tests.site import SITE, SITES_PATH


@pytest.fixture(scope="module")
def stranger(site):
	"""Somebody who may nothing, with a key to the API: whatever he asks for is refused or not understood."""
	frappe.set_user("Administrator")
	user = frappe.get_doc("User", make.make_user("HR User"))
	user.api_key, user.api_secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	user.save()
	frappe.db.commit()
	return f"token {user.api_key}:{user.get_password('api_secret')}"


def asked(path: str, verb: str, token: str, api: str = "/api") -> SimpleNamespace:
	"""What Frappe's own web application answers; in a thread, so that this one keeps its connection."""
	import frappe.app

	frappe.app._sites_path = SITES_PATH
	found = []

	def ask():
		headers = {"X-Frappe-Site-Name": SITE, "Authorization": token, "Accept": "application/json"}
		found.append(
			Client(frappe.app.application).open(f"{api}/method/{path}", method=verb, headers=headers)
		)

	thread = threading.Thread(target=ask)
	thread.start()
	thread.join()
	told = found[0].get_json()
	words = (told.get("exception") or "").strip().splitlines()[-1:]
	return SimpleNamespace(
		status=found[0].status_code, kind=told.get("exc_type"), words=words, told=told.get("message")
	)


@pytest.mark.parametrize("old", METHODS)
def test_a_whitelisted_method_answers_over_http_under_both_paths(old, stranger):
	verb = frappe.allowed_http_methods_for_whitelisted_func[frappe.get_attr(METHODS[old])][0]
	before, now = (asked(path, verb, stranger) for path in (old, METHODS[old]))
	assert before == now
	assert "Failed to get method" not in str(before)


def test_a_path_that_never_was_is_told_apart(stranger):
	"""Else the test above would prove nothing."""
	assert "Failed to get method" in str(asked("sales_wh_flow.api.approve_everything", "POST", stranger))


@pytest.mark.parametrize("api", ["/api", "/api/v2"])
@pytest.mark.parametrize("name", ["approval", "former_paths", "former_paths.METHODS"])
def test_a_name_that_is_no_function_is_not_found(name, api, stranger):
	assert asked(f"sales_wh_flow.{name}", "GET", stranger, api).status == 404


def test_a_function_that_is_not_open_to_the_web_is_refused(stranger):
	assert asked("sales_wh_flow.approval.gate.ask", "POST", stranger).status == 403


@pytest.mark.parametrize("old", METHODS)
def test_the_handler_finds_the_method_of_a_former_path(old):
	new = frappe.override_whitelisted_method(old)
	assert new == METHODS[old]
	assert frappe.get_attr(new) in frappe.whitelisted


def test_frappes_handler_carries_out_a_former_path():
	frappe.local.request = frappe._dict(method="GET")
	assert frappe.handler.execute_cmd("sales_wh_flow.api.approval_measures")


@pytest.mark.parametrize("name", jobs.__all__)
def test_a_queued_job_finds_its_function_under_the_former_path(name):
	job = frappe.get_attr(f"sales_wh_flow.jobs.{name}")
	assert getattr(importlib.import_module(job.__module__), name) is job
	assert job.__module__ != "sales_wh_flow.jobs"


def test_a_queued_mail_finds_its_function_under_the_former_path():
	assert frappe.get_attr("sales_wh_flow.flow.mail.requests") is mail.requests


def test_a_document_that_was_cached_with_a_waived_check_can_still_be_read():
	assert pickle.loads(b"csales_wh_flow.flow.native_checks\n_nothing\n.")("anything") is None


@pytest.mark.parametrize("name", messages.__all__)
def test_a_refusal_is_caught_under_the_former_path(name):
	refusal = getattr(messages, name)
	assert issubclass(refusal, frappe.ValidationError)
	assert refusal.__module__ != "sales_wh_flow.messages"
