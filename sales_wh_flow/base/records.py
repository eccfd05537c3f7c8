"""Records that are evidence: what the flow wrote down of decisions, locks and shortages.

No save, insert, rename, share or deletion changes them, by no road (forms, REST, imports, bulk edits) and
for no role, not for the Administrator either. The flow writes them with statements of its own, or through
``save``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now

from sales_wh_flow.base import bulk, said
from sales_wh_flow.base.alongside import alongside, alongside_request

EVIDENCE = (
	"Box Event",
	"Courier Event",
	"Courier Handover Box",
	"Courier Handover",
	"Courier Label",
	"Customer Page Link",
	"Delay Alert Event",
	"Delay Alert",
	"Delivery Proof Item",
	"Delivery Proof",
	"Gate Finding",
	"Order Approval Decider",
	"Order Approval Decision",
	"Order Approval",
	"Order Box Item",
	"Order Box",
	"Order Gate",
	"Order Message",
	"Order Money",
	"Order Reopening Step",
	"Order Reopening",
	"Order Stage Log",
	"Packed Quantity",
	"Phone PIN",
	"Put Away",
	"Record Removal",
	"Shortage Action",
	"Stage Duration",
	"Stock Lock Event",
)
"""The DocTypes whose controllers are Records."""

TEXTS = ("Data", "Small Text", "Text")

_FLOW = object()
"""The flow's own mark on a document that it saves; no request can send it."""


class Record(Document):
	"""A document, or a row of one, that the flow alone writes."""

	def db_insert(self, *args, **kwargs) -> None:
		self._check_writer()
		super().db_insert(*args, **kwargs)

	def db_update(self) -> None:
		self._check_writer()
		super().db_update()

	def before_print(self, *_settings) -> None:
		"""A print reads as the form does."""
		for row in (self, *self.get_all_children()):
			said.word_rows([row.__dict__], *(df.fieldname for df in row.meta.fields if df.fieldtype in TEXTS))

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		_refuse(self, _("can't be renamed or merged"))

	def rename(self, *_args, **_values) -> None:
		"""Frappe's own lets whoever reads a document leave ``before_rename`` out."""
		_refuse(self, _("can't be renamed or merged"))

	def before_discard(self) -> None:
		"""ERPNext 16 ends any draft by a statement of its own, also one that is never submitted."""
		_refuse(self, _("can't be deleted"))

	def on_trash(self) -> None:
		removed = alongside_request().removed
		if removed is None:
			_refuse(self, _("can't be deleted"))
		removed.append(self.doctype)

	def _check_writer(self) -> None:
		whole = getattr(self, "parent_doc", None) or self
		if alongside(whole).writer is not _FLOW:
			_refuse(self, _("can't be written by hand"))


def save(record: Record) -> None:
	"""Save a record as the flow. Whoever called the flow was checked at its entrance."""
	# Nobody has a right to write records, the approver neither.
	record.flags.ignore_permissions = True
	alongside(record).writer = _FLOW
	try:
		record.save()
	finally:
		alongside(record).writer = None


def are_removed() -> bool:
	"""Whether this is the road of maintenance, see ``removal``."""
	return alongside_request().removed is not None


@contextmanager
def removal(reason: str) -> Iterator[None]:
	"""Inside, records can be deleted: the road of maintenance. A Record Removal says by whom and why.

	For the removal of sample data and for retention; never while a user's request is served.
	"""
	alongside_request().removed = removed = []
	try:
		yield
	finally:
		alongside_request().removed = None
		_tell(reason, removed)


def count_removed(doctype: str, count: int) -> None:
	"""Inside a ``removal``: so many records of a kind lost a part of what they held.

	Raises: PermissionError outside of one.
	"""
	removed = alongside_request().removed
	if removed is None:
		_refuse(frappe.new_doc(doctype), _("can't be deleted"))
	removed.extend([doctype] * count)


def delete_all(doctype: str, names: Sequence[str]) -> None:
	"""Delete records inside a ``removal`` by one statement a table, with their rows.

	Raises: PermissionError outside of one.
	"""
	removed = alongside_request().removed
	if removed is None:
		_refuse(frappe.new_doc(doctype), _("can't be deleted"))
	for table in frappe.get_meta(doctype).get_table_fields():
		frappe.db.delete(table.options, {"parenttype": doctype, "parent": ("in", names)})
	frappe.db.delete(doctype, {"name": ("in", names)})
	removed.extend([doctype] * len(names))


def _tell(reason: str, removed: list[str]) -> None:
	if not removed:
		return
	kinds, stamp, user = sorted(set(removed)), now(), frappe.session.user
	bulk.insert(
		"Record Removal",
		(
			*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"),
			*("record_type", "removed", "reason", "actor", "happened_on"),
		),
		[
			(name, user, stamp, stamp, user, 0, 0, kind, removed.count(kind), reason, user, stamp)
			for name, kind in zip(bulk.new_names(len(kinds)), kinds, strict=True)
		],
	)


def _refuse(record: Record, what: str) -> None:
	frappe.throw(
		_("{0} {1} is part of the record and {2}. It is written by what happens alone.").format(
			_(record.doctype), frappe.bold(frappe.utils.escape_html(str(record.name or ""))), what
		),
		frappe.PermissionError,
		title=_("Part of the Record"),
	)


# What is there from before


def end_shares() -> None:
	"""Shares of records end; shares of other documents of the app are for reading alone."""
	frappe.db.sql("delete from `tabDocShare` where share_doctype in %s", (EVIDENCE,))
	frappe.db.sql(
		"""update `tabDocShare` share join `tabDocType` kind on kind.name = share.share_doctype
		set share.`write` = 0, share.submit = 0, share.share = 0
		where kind.module = 'Sales WH Flow'"""
	)
