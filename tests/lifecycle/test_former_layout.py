"""An update in place from the layout before this one: what the former app's own code left goes on.

SWHF_FORMER names a folder with the app as it was before its code was laid out by capability; script/test
takes it from the clone's history. Without that nothing here is proved, and the summary says so.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lifecycle.former_days import left
from tests.lifecycle.test_uninstall_and_install import APP, SITE, SITES_PATH, bench, connected
from tests.lifecycle.test_upgrade import hooked_jobs, scheduled
from tests.site import all_is_well

FORMER = os.environ.get("SWHF_FORMER")

pytestmark = pytest.mark.skipif(
	not (SITE and FORMER), reason="SWHF_FORMER is not set: no former app; this clone has no history of it"
)

QUEUES = ("short", "default", "long")


def python(*arguments: str, former: bool = False) -> None:
	"""A program on the site, with the former app in front of today's or without."""
	path = [FORMER] if former else []
	path += [str(Path(__file__).resolve().parents[2]), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
	result = subprocess.run(
		[sys.executable, *arguments],
		cwd=SITES_PATH,
		env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path))},
		capture_output=True,
		text=True,
		check=False,
	)
	assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]


def jobs() -> dict[str, str]:
	"""{job: its state} of all that is or was in the site's queues."""
	from rq import Queue
	from rq.job import Job

	from frappe.utils.background_jobs import generate_qname, get_redis_conn

	connection, found = get_redis_conn(), {}
	for name in QUEUES:
		queue = Queue(generate_qname(name), connection=connection)
		for ids in (queue.job_ids, queue.finished_job_registry.get_job_ids()):
			found.update({it: queue for it in ids})
		found.update({it: queue for it in queue.failed_job_registry.get_job_ids()})
	states = {it: Job.fetch(it, connection=connection).get_status() for it in found}
	return {it: str(getattr(state, "value", state)) for it, state in states.items()}


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> dict:
	"""What the former app left, and the jobs it had queued, just before the update."""
	helper = ("-m", "frappe.utils.bench_helper", "frappe", "--site", SITE)
	target = tmp_path_factory.mktemp("former") / "left.json"
	bench("uninstall-app", APP, "--yes", "--no-backup", "--force")
	python(*helper, "install-app", APP, former=True)
	with connected():
		old = set(jobs())
	python(str(Path(__file__).with_name("former_days.py")), str(target), FORMER, former=True)
	with connected() as frappe:
		queued = [it for it, state in jobs().items() if state == "queued" and it not in old]
		return {**json.loads(target.read_text()), "queued": queued, "scheduled": scheduled(frappe)}


@pytest.fixture(scope="module")
def after(before) -> dict:
	"""The site migrated, its queues worked off, and every order taken a step further."""
	bench("migrate", "--skip-search-index")
	seen = {}
	with connected() as frappe:
		seen["scheduled"] = scheduled(frappe)
		seen["at_once"] = json.loads(json.dumps(left(frappe, [row[0] for row in before["orders"]])))
	python("-m", "frappe.utils.bench_helper", "frappe", "worker", "--burst", "--queue", ",".join(QUEUES))
	with connected() as frappe:
		frappe.set_user("Administrator")
		seen["jobs"] = {it: state for it, state in jobs().items() if it in before["queued"]}
		seen |= gone_on(frappe, before)
	return seen


def gone_on(frappe, before: dict) -> dict:
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	from sales_wh_flow.approval import api
	from sales_wh_flow.stock_lock.serving import jobs as serving
	from tests import factories as make

	api.approve(before["approvals"][0][0], "as before")
	asked = frappe.get_doc("Sales Order", before["asked"])
	if asked.docstatus == 0:
		asked.submit()
	make.receive(before["item"], 20, before["place"])
	frappe.db.commit()
	served = serving.serve_waiting_demand()
	note = make_delivery_note(before["locked"])
	note.insert().submit()
	frappe.get_doc("Pick List", before["pick_list"]).submit()
	frappe.db.commit()
	all_is_well()
	return {
		"served": served.get(before["waiting"]),
		"approved": frappe.db.get_value("Sales Order", before["asked"], "docstatus"),
		"delivered": frappe.db.get_value("Sales Order", before["locked"], "per_delivered"),
		"picked": frappe.db.get_value("Pick List", before["pick_list"], "docstatus"),
	}


@pytest.mark.parametrize("what", ["locks", "approvals", "orders"])
def test_what_the_former_app_left_is_as_it_was(before, after, what):
	assert before[what]
	assert after["at_once"][what] == before[what]


def test_jobs_queued_under_former_paths_are_done(before, after):
	assert len(before["queued"]) >= 3
	assert set(after["jobs"].values()) == {"finished"}
	assert after["jobs"].keys() == set(before["queued"])


def test_scheduled_jobs_move_to_their_new_paths(before, after):
	assert before["scheduled"] - after["scheduled"]
	assert after["scheduled"] == hooked_jobs()


def test_each_order_of_before_goes_on(after):
	assert after["approved"] == 1
	assert after["served"] == 5
	assert after["delivered"] == 100
	assert after["picked"] == 1
