"""script/demo as a user runs it, and the desk it leaves: read from its output and by HTTP."""

import json
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from dataclasses import dataclass
from functools import cached_property
from http.cookiejar import CookieJar
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "script" / "lib"))

import owner
import settings

CHECKOUT = Path(__file__).resolve().parents[2]
LANE = os.environ.get("DEMO_LANE")
"""The lane of the demo's site; script/test names one that is no user's."""
ON_SITE, BAD_DATA, IN_MEMORY = 0, 2, 3
TRACEBACK = "Traceback (most recent call last)"


@dataclass(frozen=True)
class Told:
	"""What a run of script/demo left: its status, what it printed, and the folder it was started in."""

	status: int
	text: str
	folder: Path

	@property
	def last_line(self) -> str:
		return self.text.rstrip().splitlines()[-1]

	@property
	def page(self) -> str:
		return (self.folder / "demo.html").read_text(encoding="utf-8")

	@cached_property
	def address(self) -> str:
		return re.search(r"the desk is at (http://\S+)$", self.last_line)[1]

	@cached_property
	def pages(self) -> dict[str, list[str]]:
		"""The pages told of everybody printed."""
		told = re.findall(r"^   (\S+@\S+) .*\n      /app/  (.+)$", self.text, re.MULTILINE)
		return {user: pages.split(", ") for user, pages in told}

	@cached_property
	def logins(self) -> dict[str, tuple[str, list[str]]]:
		"""Password and roles of everybody printed."""
		everybody = re.search(r"everybody else: password (\S+)", self.text)[1]
		people = re.findall(r"^   (\S+@\S+) {2,}(?:\S.*?)? {2,}(\S.*)$", self.text, re.MULTILINE)
		administrator = re.search(r"Administrator +password (\S+)", self.text)[1]
		return {
			"Administrator": (administrator, []),
			**{user: (everybody, roles.split(", ")) for user, roles in people},
		}


def run(folder: Path, *arguments: str, **variables: str) -> Told:
	"""Runs the command in this folder; what it prints goes to the report of a test that fails."""
	folder.mkdir(parents=True, exist_ok=True)
	done = subprocess.run(
		[str(CHECKOUT / "script" / "demo"), *arguments],
		cwd=folder,
		env={**os.environ, **variables},
		stdin=subprocess.DEVNULL,
		stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT,
		text=True,
	)
	print(done.stdout)
	return Told(done.returncode, done.stdout, folder)


def bench(*arguments: str) -> tuple[int, str]:
	"""Status and output of `bench --site SITE ...` on the demo's site."""
	configured = settings.load()
	answer = owner.call(owner.find(configured), "on_site", configured, lane=LANE, arguments=arguments)
	assert "error" not in answer and "unavailable" not in answer, answer
	print(answer["output"])
	return answer["status"], answer["output"].strip()


def tracebacks() -> list[str]:
	"""What any log of the lane, or ERPNext's own, says went wrong."""
	configured = settings.load()
	folder = owner.find(configured).cache / "lanes" / LANE / "bench"
	logs = [*folder.glob("logs/*.log*"), *folder.glob("sites/*/logs/*.log*")]
	assert any(log.name == "worker.log" for log in logs)
	found = []
	for log in logs:
		_before, sign, after = log.read_text(encoding="utf-8", errors="replace").partition(TRACEBACK)
		if sign:
			found.append(f"{log}: {sign}{after[:3000]}")
	_status, errors = bench("execute", "frappe.get_all", "--kwargs", ERROR_LOG)
	return [*found, errors] if errors else found


ERROR_LOG = json.dumps({"doctype": "Error Log", "fields": ["method", "error"]})


class Desk:
	"""The desk for somebody who logged in. Raises: urllib.error.HTTPError for what they may not."""

	def __init__(self, address: str, user: str, password: str):
		self._address = address
		self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
		form = urllib.parse.urlencode({"usr": user, "pwd": password}).encode()
		assert json.loads(self.get("/api/method/login", form))["message"] == "Logged In"

	def get(self, path: str, form: bytes | None = None) -> str:
		with self._opener.open(self._address + path, form, timeout=300) as answer:
			return answer.read().decode()

	def call(self, method: str, **arguments: str):
		"""What a method answers; ``message``, or the documents it sends."""
		answer = json.loads(self.get(f"/api/method/{method}?{urllib.parse.urlencode(arguments)}"))
		return answer.get("message", answer.get("docs"))


def rows_of(desk: Desk, doctype: str, *fields: str) -> list[dict]:
	"""All documents of a kind with these fields."""
	return desk.call(
		"frappe.client.get_list",
		doctype=doctype,
		fields=json.dumps(["name", *fields]),
		limit_page_length="0",
	)


def pointing_at(desk: Desk, doctypes: tuple[str, ...]) -> dict[str, int | str]:
	"""How many documents of each kind have a link to a document of these kinds, and which settings have."""
	links = desk.call(
		"frappe.client.get_list",
		doctype="DocField",
		parent="DocType",
		filters=json.dumps({"fieldtype": "Link", "options": ["in", doctypes]}),
		fields=json.dumps(["parent", "fieldname"]),
		limit_page_length="0",
	)
	kinds = desk.call(
		"frappe.client.get_list",
		doctype="DocType",
		filters=json.dumps({"is_virtual": 0}),
		fields=json.dumps(["name", "issingle"]),
		limit_page_length="0",
	)
	is_single = {row["name"]: row["issingle"] for row in kinds}
	found = {}
	for link in links:
		doctype, field = link["parent"], link["fieldname"]
		if is_single.get(doctype):
			count = desk.call("frappe.client.get_single_value", doctype=doctype, field=field)
		elif doctype in is_single:
			is_set = json.dumps({field: ["is", "set"]})
			count = desk.call("frappe.client.get_count", doctype=doctype, filters=is_set)
		if doctype in is_single and count:
			found[f"{doctype}.{field}"] = count
	assert len(links) > 100
	return found


PAGES = {
	"approval-inbox": ("sales_wh_flow.approval.desk.api.approval_inbox", "orders"),
	"warehouse-work": ("sales_wh_flow.picking.api.warehouse_work", ""),
	"pick": ("sales_wh_flow.picking.api.lists_to_pick", ""),
	"pack": ("sales_wh_flow.packing.api.lists_to_pack", ""),
	"hand-over": ("sales_wh_flow.delivery.api.handovers_here", "handovers"),
	"deliver": ("sales_wh_flow.delivery.api.my_deliveries", "boxes"),
	"order-board": ("sales_wh_flow.order_board.api.board", "columns"),
	"my-delays": ("sales_wh_flow.delays.api.my_delays", ""),
}
"""Each page of the app with what it shows first, and under which key its rows are."""
LISTS = {
	"sales-order": "Sales Order",
	"order-message": "Order Message",
	"return-case": "Return Case",
	"sales-invoice": "Sales Invoice",
	"payment-promise": "Payment Promise",
}


def opened(desk: Desk, user: str, pages: list[str]) -> dict[str, int]:
	"""Opens these pages as a browser does, with what they show first. Returns how many rows each has."""
	rows = {}
	for page in pages:
		assert user in desk.get(f"/app/{page}")
		if page in LISTS:
			names = desk.call("frappe.client.get_list", doctype=LISTS[page])
			if names:
				(form,) = desk.call(
					"frappe.desk.form.load.getdoc", doctype=LISTS[page], name=names[0]["name"]
				)
				assert form["name"] == names[0]["name"]
			rows[page] = len(names)
		else:
			method, key = PAGES[page]
			assert desk.call("frappe.desk.desk_page.getpage", name=page)
			shown = desk.call(method)
			rows[page] = len(shown[key] if key else shown)
	return rows
