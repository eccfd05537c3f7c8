"""Suites side by side: the longest first, each once, by whoever is free; a stuck one ends, a slow one not."""

import sys
import threading
import time
from pathlib import Path

import pytest

from tests.contracts.app_source import ROOT

sys.path.insert(0, str(ROOT / "script" / "lib"))

import local_suites
import machine
import processes
import side_by_side
import site_suites
import suites
import summary
import test_command
import watching

PATIENCE_S = 20


def python(program):
	return [sys.executable, "-u", "-c", program]


# who does what


def test_the_longest_suites_are_begun_first():
	expected_s = {"short": 1, "long": 90, "middle": 30}
	assert side_by_side.longest_first(["short", "middle", "long"], expected_s) == ["long", "middle", "short"]


def test_a_suite_nobody_has_measured_is_begun_before_all():
	assert side_by_side.longest_first(["short", "new"], {"short": 1}) == ["new", "short"]


def test_every_site_suite_has_been_measured():
	assert set(site_suites.EXPECTED_S) == set(site_suites.NAMES)
	assert set(site_suites.THOROUGH_ONLY) < set(site_suites.NAMES)


def test_two_lanes_share_the_suites_so_that_neither_waits_long_for_the_other():
	"""As they would take them if each took as long as expected."""
	usual = [name for name in site_suites.NAMES if name not in site_suites.THOROUGH_ONLY]
	busy_until = [0, 0]
	for name in side_by_side.longest_first(usual, site_suites.EXPECTED_S):
		free = busy_until.index(min(busy_until))
		busy_until[free] += site_suites.EXPECTED_S[name]
	assert max(busy_until) <= 1.15 * sum(busy_until) / 2


def test_while_one_lane_is_busy_the_other_does_all_the_rest_and_each_suite_is_run_once():
	others_done = threading.Event()
	done = []

	def line(name):
		if name == "long":
			assert others_done.wait(PATIENCE_S)
		done.append(name)
		if len(done) == 3:
			others_done.set()
		return name.upper()

	names = ["long", "a", "b", "c"]
	assert side_by_side.run(names, [line, line]) == ["LONG", "A", "B", "C"]
	assert done == ["a", "b", "c", "long"]


def test_one_lane_runs_all_in_turn():
	done = []
	side_by_side.run(["b", "a", "c"], [done.append])
	assert done == ["b", "a", "c"]


def test_what_is_running_is_told_now_and_then():
	told = []

	def line(name):
		deadline = threading.Event()
		while not told:
			deadline.wait(0.05)

	side_by_side.run(
		["a", "b"], [line, line], report=lambda _s, running: told.append(sorted(running)), report_every_s=0.1
	)
	assert told[0] == ["a", "b"]


def test_when_a_lane_breaks_the_other_is_told_to_stop_and_nothing_new_begins():
	stop = threading.Event()
	begun = []

	def breaks(name):
		begun.append(name)
		raise ValueError(name)

	def obeys(name):
		begun.append(name)
		assert stop.wait(PATIENCE_S)

	with pytest.raises(ValueError):
		side_by_side.run(["a", "b", "c"], [obeys, breaks], stop=stop)
	assert sorted(begun) == ["a", "b"]


def test_the_second_lane_needs_a_second_processor(monkeypatch):
	monkeypatch.setattr(machine.os, "sched_getaffinity", lambda _pid: {0})
	assert machine.lanes() == 1


@pytest.mark.parametrize(("gigabytes", "expected"), [(2, 1), (4, 1), (8, 2), (64, 2)])
def test_the_second_lane_needs_memory_for_two(monkeypatch, gigabytes, expected):
	monkeypatch.setattr(machine.os, "sched_getaffinity", lambda _pid: {0, 1, 2, 3})
	sizes = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": gigabytes * 2**30 // 4096}
	monkeypatch.setattr(machine.os, "sysconf", sizes.__getitem__)
	assert machine.lanes() == expected


def test_lanes_get_ports_of_their_own_that_no_outgoing_connection_takes():
	ports = [processes.free_port() for _ in range(300)]
	assert len(set(ports)) == 300
	lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
	assert max(ports) < lowest


# what is stuck


def watch(tmp_path, program, limit_s=1.0, **more):
	return watching.run(
		python(program), tmp_path / "log", env={}, cwd=tmp_path, quiet_limit_s=limit_s, **more
	)


def test_a_slow_program_that_gets_on_may_take_as_long_as_it_likes(tmp_path):
	program = "import time\nfor _ in range(8): print('.', end=''); time.sleep(0.3)"
	heard = []
	assert watch(tmp_path, program, hear=heard.append) == 0
	assert "".join(heard) == (tmp_path / "log").read_text() == "." * 8


def test_a_silent_program_that_works_a_little_is_not_stuck(tmp_path):
	program = """
import time
end = time.monotonic() + 2.5
while time.monotonic() < end:
	work = time.process_time() + 0.03
	while time.process_time() < work: pass
	time.sleep(0.1)
"""
	assert watch(tmp_path, program) == 0


def test_a_program_that_waits_for_ever_is_ended_and_says_where_it_was(tmp_path):
	program = "import time\ndef the_place(): time.sleep(600)\nthe_place()"
	with pytest.raises(watching.Stalled, match="not working"):
		watch(tmp_path, program)
	assert "KeyboardInterrupt" in (tmp_path / "log").read_text()


def test_a_program_that_turns_in_circles_is_ended(tmp_path):
	with pytest.raises(watching.Stalled, match="hard work"):
		watch(tmp_path, "while True: pass", limit_s=0.5)


def test_what_a_stuck_program_started_is_ended_with_it(tmp_path, monkeypatch):
	program = (
		"import signal, subprocess, sys, time\n"
		"signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
		"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
		"print(child.pid); time.sleep(600)"
	)
	monkeypatch.setattr(watching, "LAST_WORDS_S", 0.2)
	with pytest.raises(watching.Stalled):
		watch(tmp_path, program)
	child = Path("/proc", (tmp_path / "log").read_text().strip())
	gives_up = time.monotonic() + 10  # a killed process goes when the machine finds time for it
	while _lives(child) and time.monotonic() < gives_up:
		time.sleep(0.02)
	assert not _lives(child)


def _lives(process: Path) -> bool:
	try:
		return "State:\tZ" not in (process / "status").read_text()
	except (FileNotFoundError, ProcessLookupError):
		return False


def test_an_interrupted_run_ends_its_programs(tmp_path):
	stop = threading.Event()
	stop.set()
	with pytest.raises(KeyboardInterrupt):
		watch(tmp_path, "import time; time.sleep(600)", limit_s=60, stop=stop)


@pytest.mark.parametrize(
	("text", "expected"),
	[("a.py ..  [ 12%]\nb.py .. [100%]\nc.py .", "100 %"), ("a.py ..  [  7%]", "7 %"), ("collecting", "")],
)
def test_how_far_a_suite_is_stands_in_its_log(tmp_path, text, expected):
	(tmp_path / "log").write_text(text)
	assert watching.percent(tmp_path / "log") == expected


# what is shown and written down

JUNIT = """<testsuite>
<testcase classname="a" name="quick" time="0.5"/><testcase classname="a" name="slow" time="9.5"/>
<testcase classname="b" name="wrong" time="2"><failure/></testcase>
<testcase classname="b" name="left" time="0"><skipped/></testcase>
</testsuite>"""


def run_suite(tmp_path, program, conditions=None, **more):
	return suites.run(
		"races",
		python(program),
		tmp_path / "junit.xml",
		tmp_path / "races.log",
		conditions=conditions or suites.Conditions(),
		env={},
		cwd=tmp_path,
		**more,
	)


def test_a_suite_counts_its_tests_and_knows_the_slowest(tmp_path):
	program = f"import pathlib; pathlib.Path('junit.xml').write_text({JUNIT!r}); raise SystemExit(1)"
	result = run_suite(tmp_path, program)
	assert (result.passed, result.failed, result.skipped, result.skipped_suite) == (2, 1, 1, None)
	assert result.slowest[0] == {"test": "a::slow", "seconds": 9.5}
	assert [row["test"] for row in result.slowest] == ["a::slow", "b::wrong", "a::quick", "b::left"]
	assert suites.SuiteResult("races", **result.as_json()) == result


def test_a_suite_that_breaks_without_naming_a_test_counts_as_a_failure(tmp_path, capsys):
	assert run_suite(tmp_path, "raise SystemExit(3)").failed == 1
	assert "ended badly (3)" in capsys.readouterr().out


def test_a_stuck_suite_is_a_failure_even_when_all_its_tests_passed(tmp_path, capsys):
	passed = "<testsuite><testcase classname='a' name='b' time='1'/></testsuite>"
	program = f"import pathlib, time; pathlib.Path('junit.xml').write_text({passed!r}); time.sleep(600)"
	result = run_suite(tmp_path, program, quiet_limit_s=1)
	assert (result.passed, result.failed) == (1, 1)
	assert "no sign of life" in capsys.readouterr().out


def test_a_suite_alone_is_shown_while_it_runs(tmp_path, capsys):
	run_suite(tmp_path, "print('one'); print('two')")
	assert "\none\ntwo\n" in capsys.readouterr().out


def test_a_suite_beside_others_is_shown_when_it_is_done_each_line_with_its_name(tmp_path, capsys):
	run_suite(tmp_path, "print('one'); print('two')", suites.Conditions(is_alone=False))
	lines = [line for line in capsys.readouterr().out.splitlines() if line.endswith(("one", "two"))]
	assert lines == ["races           | one", "races           | two"]


def test_the_summary_shows_each_suites_time_and_the_ten_slowest_tests_of_all(tmp_path, capsys):
	rows = [{"test": f"a::t{number}", "seconds": float(number)} for number in range(9, -1, -1)]
	other = [{"test": "b::slowest", "seconds": 77.0}]
	results = [
		suites.SuiteResult("races", 10, 0, 0, None, 45.5, rows),
		suites.SuiteResult("days", 1, 0, 0, None, 80.0, other),
	]
	summary.show(results, [], ["upstream"])
	shown = capsys.readouterr().out
	assert "45.5" in shown and "80.0" in shown and "only with --thorough: upstream" in shown
	listed = [line for line in shown.splitlines() if "::" in line]
	assert len(listed) == suites.SLOWEST and "b::slowest" in listed[0] and "a::t0" not in shown
	assert shown.splitlines()[-1] == "11 passed, 0 failed, 0 skipped"


# what is asked for


def test_arguments_of_pytest_stand_behind_two_dashes():
	assert test_command._split(["unit", "--", "-k", "--", "x"]) == (["unit"], ["-k", "--", "x"])


def test_an_unknown_suite_is_refused_with_those_there_are(capsys):
	with pytest.raises(SystemExit):
		test_command._options(["unitt"])
	assert "no suite unitt" in capsys.readouterr().err


def results_of(**reasons):
	return [suites.SuiteResult(name, skipped_suite=reason) for name, reason in reasons.items()]


class Settings(dict):
	def is_on(self, name):
		return bool(self.get(name))


@pytest.mark.parametrize(
	("results", "require_site", "status"),
	[
		([suites.SuiteResult("demo", passed=3)], "1", 0),
		([suites.SuiteResult("demo", failed=1)], "", 1),
		(results_of(demo="no bench"), "", 0),
		(results_of(demo="no bench"), "1", 1),
		(results_of(unit="no pytest"), "", 1),
	],
)
def test_a_missing_suite_fails_the_run_where_a_site_is_required(results, require_site, status):
	assert test_command._status(Settings(REQUIRE_SITE=require_site), results, False) == status


def test_the_demo_of_the_tests_leaves_a_users_desk_alone():
	import demo_command

	assert demo_command.LANE_NAME.fullmatch(local_suites.DEMO_LANE)
	assert local_suites.DEMO_LANE != "demo"
	assert not demo_command.LANE_NAME.fullmatch("test")
	assert not demo_command.LANE_NAME.fullmatch("demo-../x")
