"""Where the pages of docs/ are read from the desk: they come with the app."""

import base64
import re
from pathlib import Path

import frappe
from frappe.utils import md_to_html

OWN = "/order_flow_docs?page="
_NAME = re.compile(r"(?:[a-z]+/)?[a-z0-9_-]+")
_PICTURE = re.compile(r'src="([\w./-]+\.png)"')
_LINK = re.compile(r'href="([\w./-]+\.md)')


def address() -> str:
	"""What the name of a page follows. ``sales_wh_flow_docs`` of a site's configuration names a site that
	`script/docs` has built; without it the app shows its own pages.
	"""
	own = str(frappe.conf.get("sales_wh_flow_docs") or "").strip()
	return f"{own.rstrip('/')}/" if own else OWN


def page_as_html(name: str) -> str:
	"""A page of docs/, its links leading to others here. Raises: DoesNotExistError where there is none."""
	docs = Path(frappe.get_app_source_path("sales_wh_flow", "docs")).resolve()
	source = docs / f"{name}.md"
	if not _NAME.fullmatch(name) or not source.is_file():
		raise frappe.DoesNotExistError

	def picture(found: re.Match) -> str:
		file = (source.parent / found[1]).resolve()
		if not (file.is_file() and file.is_relative_to(docs)):
			return found[0]
		return f'src="data:image/png;base64,{base64.b64encode(file.read_bytes()).decode()}"'

	def link(found: re.Match) -> str:
		other = (source.parent / found[1]).resolve()
		there = other.relative_to(docs) if other.is_relative_to(docs) else Path("index.md")
		return f'href="{OWN}{there.with_suffix("")}'

	return _LINK.sub(link, _PICTURE.sub(picture, str(md_to_html(source.read_text()))))
