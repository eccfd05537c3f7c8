"""A soak in small parts: nothing is run twice, nothing is left out, and an interrupted one goes on."""

import json
import sys

import pytest

from tests.contracts.app_source import ROOT

sys.path.insert(0, str(ROOT / "script" / "lib"))

import soak

ROUNDS = {"concurrency": 25, "stateful": 30, "faults": 5}


def done_of(part, failed=0):
	failures = [{"test": "a::b", "message": "first\nE   AssertionError: 11 of 10\nfile.py:7"}] * failed
	return soak.Done(part.suite, part.number, part.rounds, part.seed, 3, failed, 1.5, failures)


def new_state(path, rounds=ROUNDS, seed=None):
	return soak.State.load(path, rounds, seed, 7)


def test_the_parts_add_up_to_what_was_asked_for():
	parts = soak.parts(ROUNDS, 1)
	for suite, rounds in ROUNDS.items():
		assert sum(part.rounds for part in parts if part.suite == suite) == rounds
	assert len({(part.suite, part.number) for part in parts}) == len(parts)


def test_suites_take_turns_so_that_each_is_equally_far():
	parts = soak.parts({"concurrency": 100, "stateful": 250, "faults": 50}, 1)
	half = parts[: len(parts) // 2]
	assert {suite: sum(part.suite == suite for part in half) for suite in soak.SUITES} == {
		"concurrency": 5,
		"stateful": 5,
		"faults": 5,
	}


def test_each_part_has_a_seed_of_its_own_that_the_soaks_seed_gives():
	assert soak.parts(ROUNDS, 1) == soak.parts(ROUNDS, 1)
	seeds = [part.seed for part in soak.parts(ROUNDS, 100) if part.suite == "concurrency"]
	assert seeds == [101, 102, 103]


def test_a_suite_that_is_not_wanted_has_no_part():
	assert soak.parts({"concurrency": 10, "stateful": 0}, 1) == [soak.Part("concurrency", 1, 10, 2)]


def test_an_interrupted_soak_goes_on_behind_what_is_done(tmp_path):
	path = tmp_path / "soak" / "state.json"
	first = new_state(path)
	ran = []

	def run_two(part):
		if len(ran) == 2:
			raise KeyboardInterrupt
		ran.append(part)
		return done_of(part)

	with pytest.raises(KeyboardInterrupt):
		soak.run(first, run_two)
	report = soak.run(new_state(path), lambda part: (ran.append(part), done_of(part))[1])

	assert sorted(ran, key=str) == sorted(soak.parts(ROUNDS, 7), key=str)
	assert {suite: row["rounds"] for suite, row in report["suites"].items()} == ROUNDS


@pytest.mark.parametrize("changed", [{"rounds": {**ROUNDS, "faults": 6}}, {"seed": 8}])
def test_other_wishes_begin_a_new_soak(tmp_path, changed):
	path = tmp_path / "state.json"
	state = new_state(path)
	state.add(done_of(state.todo()[0]))
	assert len(new_state(path).done) == 1
	assert new_state(path, **changed).done == []


def test_a_finished_soak_is_not_gone_on_with(tmp_path):
	path = tmp_path / "state.json"
	soak.run(new_state(path), done_of)
	assert len(new_state(path).todo()) == len(soak.parts(ROUNDS, 7))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"done": [{}], "rounds": {}, "seed": 1}'])
def test_a_broken_file_begins_a_new_soak(tmp_path, text):
	path = tmp_path / "state.json"
	path.write_text(text)
	assert new_state(path).done == []


def test_the_report_counts_rounds_and_names_what_failed_with_its_seed(tmp_path):
	report = soak.run(new_state(tmp_path / "state.json"), lambda part: done_of(part, part.suite == "faults"))
	assert json.loads(json.dumps(report)) == report
	assert report["suites"]["concurrency"] == {
		"rounds": 25,
		"of": 25,
		"passed": 9,
		"failed": 0,
		"seconds": 4.5,
	}
	assert soak.has_failed(report)
	text = soak.in_words(report)
	assert "25/25" in text and "FAILED a::b" in text and "seed 8" in text and "11 of 10" in text


def test_progress_shows_how_far_it_is():
	line = soak.progress(3, 6, done_of(soak.Part("faults", 1, 5, 8)))
	assert "#" * 15 + "." * 15 in line and "3/6" in line and "all passed" in line


def test_a_part_whose_program_breaks_counts_as_a_failure(tmp_path):
	part = soak.Part("faults", 1, 5, 8)
	command = [sys.executable, "-c", "raise SystemExit(3)"]
	where = {"env": {}, "cwd": tmp_path}
	done = soak.pytest_part(part, command, tmp_path / "junit.xml", tmp_path / "log", **where)
	assert (done.passed, done.failed) == (0, 1)
	assert "status 3" in done.failures[0]["message"]


def test_a_part_gets_its_rounds_and_seed_and_its_failures_are_read(tmp_path):
	junit = tmp_path / "junit.xml"
	program = (
		"import os, sys, pathlib; said = os.environ['ROUNDS'] + os.environ['SEED'] + sys.argv[-1];"
		'case = f\'<testcase classname="a" name="b"><failure>{said}</failure></testcase>\';'
		"pathlib.Path('junit.xml').write_text(f'<testsuite>{case}</testsuite>'); sys.exit(1)"
	)
	command = [sys.executable, "-c", program]
	where = {"env": {}, "cwd": tmp_path}
	done = soak.pytest_part(soak.Part("faults", 1, 5, 8), command, junit, tmp_path / "log", **where)
	assert done.failures == [{"test": "a::b", "message": "58--hypothesis-seed=8"}]
	assert (done.rounds, done.failed) == (5, 1)
