"""An update in place: a site on which the flow worked before its code was laid out by capability goes on.

What the former layout left on a site is put there: scheduled jobs and queued jobs under the paths of that
time. Then the site is migrated, as an admin does it.
"""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import sales_wh_flow
from tests.lifecycle.test_uninstall_and_install import (
	APP,
	SITE,
	SITES_PATH,
	bench,
	connected,
	make_order,
	turn_on,
)

pytestmark = [
	pytest.mark.skipif(not SITE, reason="SWHF_SITE is not set: no site to update"),
	pytest.mark.skipif(
		bool(os.environ.get("SWHF_FORMER")),
		reason="the former app is there itself: see test_former_layout.py",
	),
]

FORMER = (
	"serve_waiting_demand",
	"follow_rules",
	"press_for_decisions",
	"tell_approvers",
	"expire_locks",
	"repair_drift",
)


def hooked_jobs() -> set[str]:
	"""The jobs that hooks.py schedules."""
	events = runpy.run_path(str(Path(sales_wh_flow.__file__).parent / "hooks.py"))["scheduler_events"]
	lists = [*events.pop("cron", {}).values(), *events.values()]
	return {path for paths in lists for path in paths}


def scheduled(frappe) -> set[str]:
	return set(frappe.get_all("Scheduled Job Type", {"method": ("like", f"{APP}.%")}, pluck="method"))


@pytest.fixture(scope="module")
def life() -> dict:
	"""The site before the update and after it: what was seen at each step."""
	seen = {}
	with connected() as frappe:
		turn_on(frappe)
		seen["order"] = make_order(frappe, submit=True)
		seen["locked"] = frappe.get_all(
			"Stock Reservation Entry", {"voucher_no": seen["order"]}, pluck="name"
		)
		frappe.db.delete("Scheduled Job Type", {"method": ("like", f"{APP}.%")})
		for name in FORMER:
			frappe.get_doc(
				{"doctype": "Scheduled Job Type", "method": f"{APP}.jobs.{name}", "frequency": "Daily"}
			).insert()
		frappe.db.commit()
		seen["scheduled_before"] = scheduled(frappe)
		queued = [
			frappe.enqueue(f"{APP}.jobs.refresh_open_orders", queue="default"),
			frappe.enqueue(f"{APP}.jobs.act_on_shortage", queue="default", sales_order=seen["order"]),
		]
		seen["jobs"] = [job.id for job in queued]
		frappe.db.delete("Custom Field", {"dt": "Batch", "fieldname": "swf_quality_hold"})
		frappe.db.commit()

	helper = ("-m", "frappe.utils.bench_helper", "frappe", "--site", SITE)
	seen["check"] = subprocess.run(
		[sys.executable, *helper, "swhf-check"], cwd=SITES_PATH, capture_output=True, text=True, check=False
	)
	bench("migrate", "--skip-search-index")
	worker = [
		sys.executable,
		"-m",
		"frappe.utils.bench_helper",
		"frappe",
		"worker",
		"--burst",
		"--queue",
		"default",
	]
	subprocess.run(worker, cwd=SITES_PATH, check=True, capture_output=True, text=True)
	with connected() as frappe:
		from rq.job import Job

		from frappe.utils.background_jobs import get_redis_conn

		seen["scheduled_after"] = scheduled(frappe)
		seen["done"] = [Job.fetch(name, connection=get_redis_conn()).get_status() for name in seen["jobs"]]
		frappe.get_doc("Sales Order", seen["order"]).cancel()
		frappe.db.commit()
		filters = {"voucher_no": seen["order"], "docstatus": 1}
		seen["locked_after_cancel"] = frappe.get_all("Stock Reservation Entry", filters, pluck="name")
	return seen


def test_before_the_migration_the_check_says_that_it_is_owed(life):
	assert life["check"].returncode == 1
	assert f"'bench --site {SITE} migrate'" in life["check"].stderr


def test_scheduled_jobs_move_to_their_new_paths(life):
	assert life["scheduled_before"] == {f"{APP}.jobs.{name}" for name in FORMER}
	assert life["scheduled_after"] == hooked_jobs()


def test_jobs_that_were_queued_before_the_update_are_done_after_it(life):
	assert [str(getattr(state, "value", state)) for state in life["done"]] == ["finished", "finished"]


def test_a_lock_from_before_the_update_lives_and_ends_after_it(life):
	assert life["locked"]
	assert life["locked_after_cancel"] == []
