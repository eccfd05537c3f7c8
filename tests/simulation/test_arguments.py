"""What is asked of the run in memory is done or refused by its name; nothing is left out in silence."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sales_wh_flow_demo.memory import main

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
	("asked", "days"),
	[
		(["--from", "2026-03-30"], {"30 Mar", "31 Mar"}),
		(["--to", "2026-03-03"], {"02 Mar", "03 Mar"}),
		(["--from", "2026-03-05", "--to", "2026-03-05", "--orders", "3"], {"05 Mar"}),
	],
)
def test_a_part_of_the_sample_company_is_run_too(tmp_path, capsys, asked, days):
	assert main(["--out", str(tmp_path / "page.html"), "--full", "99", *asked]) == 0
	said = capsys.readouterr().out
	written = re.findall(r"^  (\d\d \w{3})  written by", said, re.MULTILINE)
	assert set(written) == days
	assert f": {len(written)} orders," in said
	assert len(written) == 3 or "--orders" not in asked


def test_more_orders_of_the_sample_company_are_made(tmp_path, capsys):
	assert main(["--write", str(tmp_path), "--orders", "250"]) == 0
	assert "with 250 orders" in capsys.readouterr().out


@pytest.mark.parametrize("sample", [True, False], ids=["the sample", "a folder"])
def test_days_without_orders_are_a_fault_of_the_argument_not_of_the_folder(folder, capsys, sample):
	data = [] if sample else ["--data", str(folder)]
	assert main([*data, "--out", str(folder / "page.html"), "--from", "2027-01-01"]) == 2
	said = capsys.readouterr().err
	assert said.startswith("--from 2027-01-01: no order was written then; they go from 2026-03-02 to ")
	assert "problem" not in said and not (folder / "page.html").exists()


@pytest.mark.parametrize(
	("arguments", "said"),
	[
		(["--orders", "0"], "argument --orders: '0' is not a whole number of 1 or more"),
		(["--from", "2026-03-05", "--to", "2026-03-02"], "--from 2026-03-05 lies after --to 2026-03-02"),
		(["--day", "2026-13-01"], "argument --day: '2026-13-01' is no day; write year-month-day"),
	],
)
def test_arguments_that_leave_nothing_to_run_are_refused_by_name(folder, capsys, arguments, said):
	with pytest.raises(SystemExit) as ended:
		main(["--data", str(folder), "--out", str(folder / "page.html"), *arguments])
	assert ended.value.code == 2 and said in capsys.readouterr().err


def test_who_reads_no_further_is_not_shown_a_traceback(tmp_path):
	command = [sys.executable, str(CHECKOUT / "demo" / "memory.py"), "--orders", "40", "--full", "40"]
	with subprocess.Popen(
		[*command, "--out", str(tmp_path / "page.html")],
		cwd=CHECKOUT,
		stdout=subprocess.PIPE,
		stderr=subprocess.PIPE,
	) as run:
		run.stdout.close()
		said = run.stderr.read()
	assert (run.returncode, said) == (0, b"")
	assert (tmp_path / "page.html").read_text(encoding="utf-8").endswith("</html>\n")


@pytest.mark.parametrize("document", ["README.md", "docs/data-layout.md"])
def test_the_command_to_try_before_an_install_makes_no_bench(document):
	text = (CHECKOUT / document).read_text(encoding="utf-8")
	assert "script/demo --memory --data FOLDER" in text
	assert not re.search(r"script/demo --data", text)


def test_the_example_of_the_document_is_told_as_the_document_says(tmp_path, capsys):
	text = (CHECKOUT / "docs" / "data-layout.md").read_text(encoding="utf-8")
	for name, rows in re.findall(r"^`([\w.]+\.csv)`\n+```csv\n(.*?)```", text, re.MULTILINE | re.DOTALL):
		(tmp_path / name).write_text(rows, encoding="utf-8")
	assert main(["--data", str(tmp_path), "--out", str(tmp_path / "page.html")]) == 0
	said = capsys.readouterr().out
	assert "locked 72 BOLT in North" in said and "4 Nos lie there, less than a Box of 12" in said
