"""Somebody holds a Bin and does not come to an end: nobody waits for ever, and the desk answers meanwhile."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

import frappe
from frappe.core.doctype.user.user import generate_keys

from sales_wh_flow.base import hold_rows, lock_waits
from tests import factories
from tests.racing import world
from tests.racing.harness import call_of, ready
from tests.site import SITE, SITES_PATH

THREADS, LONGEST_S, HELD_S = 8, 8, 25
BUSY = re.compile(r"has been working on .* since .* Try again", re.DOTALL)


@pytest.fixture(scope="module", autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True)
	settings = frappe.get_doc("Sales Flow Settings")
	settings.db_set("longest_lock_wait", LONGEST_S)
	frappe.db.commit()
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
	yield
	settings.db_set("longest_lock_wait", 20)
	frappe.db.commit()


@pytest.fixture(scope="module")
def token(site):
	user = factories.make_user("Sales User", "Sales Manager", "Stock User", "Stock Manager")
	secret = generate_keys(user)["api_secret"]
	frappe.db.commit()
	return f"token {frappe.db.get_value('User', user, 'api_key')}:{secret}"


@pytest.fixture(scope="module")
def desk(site, token):
	"""The real web server, two processes of four threads each. Gives ``ask(path, **values)``."""
	with socket.socket() as free:
		free.bind(("127.0.0.1", 0))
		port = free.getsockname()[1]
	here = Path(__file__).resolve().parents[2]
	path = os.pathsep.join([str(here / "script" / "lib"), os.environ.get("PYTHONPATH", "")])
	command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"]
	command += ["--workers", "2", "--threads", str(THREADS // 2), "--timeout", "120", "desk:application"]
	env = {**os.environ, "PYTHONPATH": path, "SWHF_SITE": SITE}
	server = subprocess.Popen(command, cwd=SITES_PATH, env=env, stderr=subprocess.DEVNULL)

	def ask(path, body=None):
		request = Request(f"http://127.0.0.1:{port}{path}", body and frappe.as_json(body).encode())
		request.add_header("Authorization", token)
		request.add_header("Accept", "application/json")
		request.add_header("Content-Type", "application/json")
		began_s = time.monotonic()
		try:
			with urlopen(request, timeout=60) as answer:
				status, text = answer.status, answer.read().decode()
		except HTTPError as refusal:
			status, text = refusal.code, refusal.read().decode()
		return SimpleNamespace(status=status, text=text, seconds=time.monotonic() - began_s)

	for _attempt in range(120):
		try:
			if ask("/api/method/frappe.client.get_count?doctype=Sales%20Order").status == 200:
				break
		except OSError:
			time.sleep(0.5)
	yield ask
	server.terminate()
	server.wait(30)


def hold_a_bin(item, seconds):
	"""In a process of its own: hold the item's Bin, as a document that takes long does."""
	places = frappe.get_all("Bin", {"item_code": item}, pluck="warehouse")
	ready()
	hold_rows.hold_bins_as_seen([(item, place) for place in places])
	time.sleep(seconds)


def submit_all(desk, orders):
	"""At the same moment: the answers; how long the desk took for others, and how many waited long."""
	answers, pings, places = [None] * len(orders), [], []
	docs = [frappe.get_doc("Sales Order", name).as_dict() for name in orders]

	def submit(at):
		answers[at] = desk("/api/method/frappe.client.submit", {"doc": frappe.as_json(docs[at])})

	threads = [threading.Thread(target=submit, args=(at,)) for at in range(len(orders))]
	for thread in threads:
		thread.start()
	while any(thread.is_alive() for thread in threads):
		pings.append(desk("/api/method/frappe.ping").seconds)
		places.append(lock_waits.places_taken())
		time.sleep(0.1)
	return answers, pings, places


def test_nine_users_wait_for_a_bin_and_the_desk_goes_on(race, desk):
	(item,) = world.stocked_items(1, 100)
	orders = [world.draft_order({item: 1}) for _ in range(THREADS + 1)]
	frappe.db.commit()
	seen = []

	def meanwhile():
		time.sleep(1.5)
		seen.append(submit_all(desk, orders))

	world.all_done(race(call_of(hold_a_bin, item, HELD_S), time_limit_s=90, meanwhile=meanwhile))
	answers, pings, places = seen[0]

	print("answers", sorted(round(it.seconds, 1) for it in answers), "slowest ping", max(pings))
	assert {it.status for it in answers} == {417}, [it.text[:300] for it in answers]
	for answer in answers:
		assert BUSY.search(answer.text) and "Administrator" in answer.text, answer.text[:500]
		assert item in answer.text
	assert max(it.seconds for it in answers) < HELD_S - 5, "nobody waits as long as the Bin is held"
	assert 1 <= max(places) <= THREADS // 2, "half of the workers wait, the others answer at once"
	assert max(pings) < HELD_S - 5, "the desk answers meanwhile"
	assert sorted(pings)[len(pings) // 2] < 2

	submitted, *_rest = submit_all(desk, orders[:2])
	assert {it.status for it in submitted} == {200}, "whoever tries again gets through"


def test_a_short_wait_is_no_refusal(race, desk):
	(item,) = world.stocked_items(1, 100)
	orders = [world.draft_order({item: 1}) for _ in range(2)]
	frappe.db.commit()
	seen = []

	def meanwhile():
		time.sleep(0.5)
		seen.append(submit_all(desk, orders))

	world.all_done(race(call_of(hold_a_bin, item, 4), time_limit_s=60, meanwhile=meanwhile))
	assert {it.status for it in seen[0][0]} == {200}, [it.text[:300] for it in seen[0][0]]
