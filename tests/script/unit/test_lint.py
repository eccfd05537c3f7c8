"""script/lint says what it could not check, and looks at what no linter reads."""

import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.contracts.app_source import ROOT

sys.path.insert(0, str(ROOT / "script" / "lib"))
import lint_command
import linters
from terminal import Unavailable


@pytest.fixture
def without_programs(monkeypatch):
	def refuse(_programs, _linter, _words):
		raise Unavailable("no way to fetch it")

	monkeypatch.setattr(linters.Programs, "command", refuse)


def test_what_cannot_be_had_is_said_loudly_and_does_not_fail_a_clone_without_network(
	without_programs, capsys
):
	assert lint_command.main(["eslint", "mypy"]) == 0
	told = capsys.readouterr().out
	assert told.count("!! SKIPPED: eslint: no way to fetch it") == 1
	assert told.count("!! SKIPPED: mypy: no way to fetch it") == 1


def test_continuous_integration_fails_when_a_linter_cannot_be_had(without_programs):
	assert lint_command.main(["--all", "eslint"]) == 1


def test_an_older_node_is_not_tried(monkeypatch, tmp_path):
	monkeypatch.setattr(linters.machine, "find_program", lambda *_names: "/usr/bin/node")
	answer = SimpleNamespace(stdout="v18.20.4\n")
	monkeypatch.setattr(linters.subprocess, "run", lambda *_args, **_more: answer)
	eslint = next(it for it in linters.LINTERS if it.name == "eslint")
	with pytest.raises(Unavailable, match=r"Node\.js 20\.19 or newer"):
		linters.Programs(tmp_path, ROOT).command(eslint, eslint.commands[0])


@pytest.mark.parametrize(
	("name", "text", "problem"),
	[
		("a.py", "<<<<<<< ours\n", "line 1 is left of a merge"),
		("a.py", "x = 1 \n", "line 1 ends with blanks"),
		("a.json", "{,}\n", "is no JSON"),
		("a.yml", "a: 1", "its last line has no end"),
	],
)
def test_a_file_that_is_broken_is_named(tmp_path, name, text, problem):
	(tmp_path / name).write_text(text)
	subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
	subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
	(found,) = linters.bad_files(tmp_path)
	assert found.startswith(f"{name}: {problem}")


def test_a_file_that_is_whole_is_not_named(tmp_path):
	(tmp_path / "a.json").write_text('{"a": 1}\n')
	assert not list(linters.bad_files(tmp_path))


def test_each_hook_before_a_commit_is_a_linter_of_script_lint():
	hooks = re.findall(r"entry: script/lint (?:--fix )?(\w+)", (ROOT / ".pre-commit-config.yaml").read_text())
	assert sorted(hooks) == sorted(linters.NAMES)
