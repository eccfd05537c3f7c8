"""Every endpoint of approval through a real web server: log in, token, POST only; whoever may not is refused.

Who may do what is tested in test_decision_permissions; here it is asked for as a stranger's script would ask.
"""

import json
import re
import threading
from http.cookiejar import CookieJar
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

import frappe
from frappe.utils.password import update_password

from sales_wh_flow.former_paths import METHODS
from tests import factories as make
from tests.approval import deciding
from tests.site import SITE, SITES_PATH, set_switches

PASSWORD = "Walk-9-Quiet-Otters"

WRITES = {
	"ask_for_approval": lambda it: {"sales_order": it.order},
	"approve": lambda it: {"approval": it.approval},
	"refuse": lambda it: {"approval": it.approval, "comment": "no"},
	"approve_with_condition": lambda it: {
		"approval": it.approval,
		"kind": "Smaller Discount",
		"value": 15,
	},
	"accept_condition": lambda it: {"approval": it.offered},
	"decline_condition": lambda it: {"approval": it.offered, "comment": "no"},
	"forward": lambda it: {"approval": it.approval, "to_user": it.other, "comment": "please"},
	"decide_many": lambda it: {"approvals": json.dumps([it.approval]), "action": "approve"},
	"delegate": lambda it: {
		"to_user": it.other,
		"from_date": "2099-01-01",
		"to_date": "2099-01-02",
		"from_user": it.boss,
	},
	"decide_by_link": lambda it: {"token": "forged", "action": "approve"},
}
READS = {
	"approvals_of": lambda it: {"sales_order": it.order},
	"approval_reasons": lambda it: {"sales_order": it.order},
	"what_if": lambda it: {"sales_order": it.order},
	"try_rule": lambda it: {"sales_order": it.order, "rule": it.rule},
}
OF_NO_ORDER = {
	"approval_measures": lambda it: {},
	"approval_inbox": lambda it: {},
	"approvals_waiting_for_me": lambda it: {},
}
OPEN_TO_GUESTS = {"decide_by_link"}
REFUSED = (401, 403)
NEVER_DONE = (*REFUSED, 417)
"""Refused for want of a right, or because the request makes no sense."""


class Quiet(WSGIRequestHandler):
	def log(self, *_args):
		"""The test says what failed."""


class Person:
	"""Somebody with a browser: cookies, and the token that Frappe gives to its own pages."""

	def __init__(self, address, name=None):
		self.address, self.token = address, None
		self._open = build_opener(HTTPCookieProcessor(CookieJar())).open
		if name:
			assert self.call("login", {"usr": name, "pwd": PASSWORD})[0] == 200
			page = self.ask("/app")[1]
			self.token = re.search(r'csrf_token\s*=\s*"(\w+)"', page)[1]

	def call(self, method, values, verb="POST", token=None):
		"""(status, text) of an API call."""
		path = METHODS.get(f"sales_wh_flow.api.{method}", method)
		return self.ask(f"/api/method/{path}", values, verb, token or self.token)

	def ask(self, path, values=None, verb="GET", token=None, **headers):
		data = urlencode(values or {})
		url = f"{self.address}{path}" + (f"?{data}" if verb == "GET" and data else "")
		asked = Request(url, data.encode() if verb != "GET" else None, method=verb)
		asked.add_header("X-Frappe-Site-Name", SITE)
		asked.add_header("Accept", "application/json")
		for name, value in headers.items():
			asked.add_header(name.replace("_", "-"), value)
		if token:
			asked.add_header("X-Frappe-CSRF-Token", token)
		try:
			with self._open(asked, timeout=60) as answer:
				return answer.status, answer.read().decode()
		except HTTPError as refusal:
			return refusal.code, refusal.read().decode()


@pytest.fixture(scope="module")
def address(site):
	"""Where Frappe's own web application answers."""
	import frappe.app

	frappe.app._sites_path = SITES_PATH
	was_in_test, frappe.in_test = (
		frappe.in_test,
		False,
	)  # ERPNext 16 keeps no session then; it is in all threads
	server = make_server("127.0.0.1", 0, frappe.app.application, threaded=True, request_handler=Quiet)
	thread = threading.Thread(target=server.serve_forever, daemon=True)
	thread.start()
	yield f"http://127.0.0.1:{server.server_port}"
	frappe.in_test = was_in_test
	server.shutdown()
	thread.join()
	server.server_close()


@pytest.fixture(scope="module")
def world(site):
	"""Orders that wait in the own place, another company and another territory; committed."""
	frappe.set_user("Administrator")
	set_switches(approval=True)
	switched_off = frappe.get_all("Order Approval Rule", {"enabled": 1}, pluck="name")
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	places = deciding.places()
	people = {
		"approver": ("Accounts User", "Order Approver"),
		"sales user": ("Sales User",),
		"stranger": ("HR User",),
		"approver who reads no order": ("Order Approver",),
	}
	names = {who: make.make_user(*roles) for who, roles in people.items()}
	for name in names.values():
		update_password(name, PASSWORD)
		deciding.restrict(name, places["own"])
	frappe.db.commit()
	yield SimpleNamespace(places=places, names=names)
	frappe.db.rollback()
	frappe.set_user("Administrator")
	for case in places.values():
		frappe.db.set_value("Order Approval Rule", {"territory": case.territory}, "enabled", 0)
	for name in switched_off:
		frappe.db.set_value("Order Approval Rule", name, "enabled", 1)
	set_switches()
	frappe.db.commit()


@pytest.fixture
def person(address, world):
	"""``person("approver")`` is logged in; ``person()`` is not."""
	return lambda who=None: Person(address, who and world.names[who])


def state(case):
	"""All that the endpoints could change of a case, as committed."""
	frappe.db.rollback()
	rows = [deciding.request(name) for name in (case.approval, case.offered)]
	return (
		[(row.state, row.condition_state, len(row.decisions), row.forwarded_to) for row in rows],
		frappe.db.get_value("Sales Order", case.order, ["docstatus", "modified"]),
		frappe.db.count("Approval Delegation", {"from_user": case.boss}),
	)


def test_nothing_is_written_by_get(person, world):
	somebody, case = person("approver"), world.places["own"]
	before = state(case)
	for method, values in WRITES.items():
		status, text = somebody.call(method, values(case), verb="GET")
		assert status == 403, (method, status, text[:300])
	assert state(case) == before


def test_nothing_is_written_without_the_token_of_the_session(person, world):
	somebody, case = person("approver"), world.places["own"]
	before = state(case)
	for method, values in WRITES.items():
		status, text = somebody.call(method, values(case), token="0" * 56)
		assert (status, "CSRFTokenError" in text) == (400, True), (method, status, text[:300])
	assert state(case) == before


def test_a_guest_is_refused_everywhere(person, world):
	somebody, case = person(), world.places["own"]
	before = state(case)
	for method, values in {**WRITES, **READS, **OF_NO_ORDER}.items():
		status, text = somebody.call(method, values(case), verb="GET" if method not in WRITES else "POST")
		assert status in (NEVER_DONE if method in OPEN_TO_GUESTS else REFUSED), (method, status, text[:300])
		assert case.customer not in text, method
	assert state(case) == before


def knock_everywhere(somebody, case):
	"""Whatever is asked of a case is refused, and no answer names its customer."""
	for method, values in {**WRITES, **READS}.items():
		status, text = somebody.call(method, values(case), verb="POST" if method in WRITES else "GET")
		if method == "decide_many":
			(row,) = json.loads(text)["message"]
			assert not row["ok"], row
		else:
			assert status in NEVER_DONE, (method, status, text[:300])
		assert case.customer not in text, method


@pytest.mark.parametrize("who", ["stranger", "approver who reads no order"])
def test_whoever_reads_no_order_does_nothing_and_learns_nothing(person, world, who):
	somebody, case = person(who), world.places["own"]
	before = state(case)
	knock_everywhere(somebody, case)
	assert state(case) == before


@pytest.mark.parametrize("place", ["other company", "other territory"])
@pytest.mark.parametrize("who", ["approver", "sales user"])
def test_orders_elsewhere_are_out_of_reach(person, world, who, place):
	somebody, case = person(who), world.places[place]
	before = state(case)
	knock_everywhere(somebody, case)
	for doctype in ("Order Approval", "Order Approval Decision", "Order Approval Decider"):
		status, text = somebody.ask(f"/api/resource/{doctype.replace(' ', '%20')}", {"limit_page_length": 0})
		assert case.approval not in text and case.order not in text, (doctype, status)
	status, _text = somebody.ask(f"/api/resource/Order%20Approval/{case.approval}")
	assert status in (*REFUSED, 404)
	assert state(case) == before


def test_nobody_writes_an_approval_by_the_resource_api(person, world):
	case = world.places["own"]
	before = state(case)
	for who in ("approver", "sales user"):
		somebody = person(who)
		path = f"/api/resource/Order%20Approval/{case.approval}"
		for verb in ("PUT", "DELETE"):
			status, text = somebody.ask(path, {"state": "Approved"}, verb, somebody.token)
			assert status in NEVER_DONE, (who, verb, status, text[:300])
		values = {"sales_order": case.order, "rule": case.rule, "state": "Approved"}
		status, text = somebody.ask("/api/resource/Order%20Approval", values, "POST", somebody.token)
		assert status in NEVER_DONE, (who, status, text[:300])
	assert state(case) == before


def test_nobody_shares_an_approval_with_himself_and_writes_it_then(person, world):
	case = world.places["own"]
	before = state(case)
	for who in ("approver", "sales user"):
		somebody = person(who)
		asked = {"doctype": "Order Approval", "name": case.approval, "write": 1, "share": 1}
		path = "/api/method/frappe.share.add"
		status, text = somebody.ask(path, asked, "POST", somebody.token)
		assert status in REFUSED, (who, status, text[:300])
		for path in ("/api/resource/Order%20Approval/", "/api/v2/document/Order%20Approval/"):
			status, text = somebody.ask(path + case.approval, {"state": "Approved"}, "PUT", somebody.token)
			assert status in NEVER_DONE, (who, path, status, text[:300])
	assert state(case) == before


def test_whoever_may_does_all_of_it(person, world):
	"""The last: it changes the case."""
	boss, seller, case = person("approver"), person("sales user"), world.places["own"]
	for method, values in {**READS, **OF_NO_ORDER}.items():
		if method in ("try_rule", "approval_measures"):
			continue  # for those who may read rules
		assert boss.call(method, values(case), verb="GET")[0] == 200, method
	inbox = json.loads(boss.call("approval_inbox", {}, verb="GET")[1])["message"]
	assert case.order in json.dumps(inbox)
	assert seller.call("approve", WRITES["approve"](case))[0] == 403
	assert boss.call("forward", WRITES["forward"](case))[0] == 200
	assert boss.call("approve", WRITES["approve"](case))[0] == 200
	assert boss.call("accept_condition", WRITES["accept_condition"](case))[0] == 403
	status, text = seller.call("accept_condition", WRITES["accept_condition"](case))
	assert status == 200, text[:500]
	assert json.loads(text)["message"]["state"] == "Approved"
	assert state(case)[0][1][0] == "Approved"
