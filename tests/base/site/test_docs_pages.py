"""How it works is read on the site itself, from the pages that came with the app."""

import re
from pathlib import Path

import pytest

import frappe
from frappe.website.serve import get_response_content

from sales_wh_flow.base import docs_pages
from sales_wh_flow.www import order_flow_docs
from tests import factories as make

DOCS = Path(frappe.get_app_source_path("sales_wh_flow", "docs"))
PAGES = sorted(str(page.relative_to(DOCS).with_suffix("")) for page in DOCS.glob("**/*.md"))
HELP = Path(frappe.get_app_path("sales_wh_flow", "public", "js", "shared", "help.js"))


def shown(page):
	frappe.form_dict.page = page
	return str(get_response_content("order_flow_docs"))


def test_every_page_leads_to_pages_that_are_there_and_shows_its_pictures():
	assert "roles/approver" in PAGES
	for name in PAGES:
		html = docs_pages.page_as_html(name)
		for target in re.findall(r'href="/order_flow_docs\?page=([^"#]+)', html):
			assert target in PAGES, f"{name} leads to {target}"
		assert not re.findall(r'(?:href="[^":]+\.md|src="[^":]+\.png)', html), name


def test_the_help_of_each_form_and_page_opens_a_part_of_a_page_that_is_there():
	named = re.findall(r'^\t\t"?[\w -]+"?: "([a-z/-]+)(?:#([\w-]+))?",$', HELP.read_text(), re.MULTILINE)
	assert len(named) > 20
	for page, part in named:
		html = docs_pages.page_as_html(page)
		assert not part or f'id="{part}"' in html, (page, part)


def test_whoever_is_logged_in_reads_a_page_and_nobody_else():
	with make.acting_as(make.make_user("Sales User")):
		assert "<h1" in shown("roles/sales") and "/order_flow_docs?page=" in shown("index")
		for page in ("../README", "nowhere", "conf.py"):
			with pytest.raises(frappe.DoesNotExistError):
				docs_pages.page_as_html(page)
	with make.acting_as("Guest"), pytest.raises(frappe.PermissionError):
		order_flow_docs.get_context(frappe._dict())


def test_a_site_of_its_own_is_named_by_the_configuration(monkeypatch):
	monkeypatch.setitem(frappe.local.conf, "sales_wh_flow_docs", "https://docs.example.com/flow")

	assert docs_pages.address() == "https://docs.example.com/flow/"
