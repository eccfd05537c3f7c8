"""The page of switches names settings and documentation that exist, and every status has its tile."""

import json

import pytest

from sales_wh_flow.first_steps.rules import evidence, templates
from sales_wh_flow.order.rules.status import COLOURS
from tests.contracts.app_source import MODULE, ROOT

SETTINGS = json.loads((MODULE / "doctype/sales_flow_settings/sales_flow_settings.json").read_text())["fields"]
SWITCHES = {
	field["fieldname"]
	for field in SETTINGS
	if field["fieldtype"] == "Select" and (field.get("options") or "").split("\n")[0] == "Off"
}
DAILY_WORK = {"delay_digest"}
"""Switches of how something is told, not of whether it is done."""


def test_every_switch_and_gate_is_on_the_page():
	assert {one.fieldname for one in evidence.SWITCHES} >= SWITCHES - DAILY_WORK


def test_every_page_of_the_documentation_that_is_linked_exists():
	pages = {one.docs for one in (*evidence.SWITCHES, *templates.TEMPLATES.values())}
	form = (MODULE / "doctype/sales_flow_settings/sales_flow_settings.js").read_text()
	pages |= {word.strip('",') for word in form.split() if word.strip('",').endswith(".md")}
	missing = [page for page in sorted(pages) if not (ROOT / "docs" / page).is_file()]
	assert pages and not missing


@pytest.mark.parametrize(("given", "used"), [(None, 15.0), (20.0, 20.0), (-3.0, 0.0), (400.0, 100.0)])
def test_a_figure_is_kept_within_what_makes_sense(given, used):
	assert templates.figure_of(templates.TEMPLATES["discount"], given) == used


def test_every_flow_status_has_its_tile_on_the_workspace():
	workspace = json.loads((MODULE / "workspace/order_flow/order_flow.json").read_text())
	tiles = {
		shortcut["label"]: json.loads(shortcut["stats_filter"])
		for shortcut in workspace["shortcuts"]
		if shortcut["type"] == "DocType" and shortcut["link_to"] == "Sales Order"
	}
	shown = {block["data"].get("shortcut_name") for block in json.loads(workspace["content"])}
	assert tiles == {status: {"swf_flow_status": status} for status in COLOURS}
	assert shown >= set(COLOURS)


def test_the_first_steps_are_five_that_exist():
	onboarding = json.loads(
		(MODULE / "module_onboarding/order_flow_first_steps/order_flow_first_steps.json").read_text()
	)
	steps = {json.loads(path.read_text())["name"] for path in MODULE.glob("onboarding_step/*/*.json")}
	assert {row["step"] for row in onboarding["steps"]} == steps
	assert len(steps) == 5
