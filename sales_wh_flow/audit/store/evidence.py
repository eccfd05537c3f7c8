"""What the invariants of the stock lock are judged on (`audit.rules.invariants`), read without a lock.

Statuses and the noise of sums are stated here on purpose, and not taken from the flow that is judged.

Plain reads of one transaction see one committed state, however long they take; so begin with a fresh one.
"""

from collections.abc import Iterable

import frappe

from sales_wh_flow.audit.rules.evidence import (
	BinEvidence,
	DecisionEvidence,
	EventEvidence,
	Evidence,
	HeldEvidence,
	LockEvidence,
	LotEvidence,
	OrderEvidence,
	OwedEvidence,
	StageEvidence,
)
from sales_wh_flow.audit.store import (
	box_evidence,
	demand_evidence,
	door_money_evidence,
	handover_evidence,
	label_evidence,
	line_evidence,
	pick_evidence,
	return_evidence,
)
from sales_wh_flow.audit.store.line_evidence import AuditScope
from sales_wh_flow.base import item_life, there
from sales_wh_flow.base.compat import consumed_columns
from sales_wh_flow.order.store import status
from sales_wh_flow.stock_lock.store import bad_lots


def scope_of(items: Iterable[str] | None, orders: Iterable[str] | None) -> AuditScope:
	"""The given items with every order that asks for them, and the given orders with all their items."""
	if items is None and orders is None:
		return AuditScope()
	wanted = AuditScope(tuple(orders or ()), tuple(items or ()))
	found = frappe.db.sql(
		"""select distinct parent from `tabSales Order Item`
		where parent in %(orders)s or item_code in %(items)s""",
		wanted.values,
	)
	names = tuple({*(orders or ()), *(row[0] for row in found)})
	lines = frappe.db.sql(
		"""select item_code from `tabSales Order Item` where parent in %(orders)s
		union select item_code from `tabPacked Item`
			where parent in %(orders)s and parenttype = 'Sales Order'""",
		AuditScope(names, ()).values,
	)
	return AuditScope(names, tuple({*(items or ()), *(row[0] for row in lines if row[0])}))


def read_evidence(scope: AuditScope, *, with_events: bool, with_flow: bool) -> Evidence:
	"""All the evidence of the scope, in at most 37 statements.

	``with_events``: the ledger of locks is kept, because the lock is on. ``with_flow``: the flow status is.
	"""
	held, lines = _held(scope), line_evidence.read_line_evidence(scope)
	return Evidence(
		bins=_bins(scope),
		demands=demand_evidence.differing_demand(scope) if with_events else (),
		locks=_locks(scope),
		held=held,
		lots=(*_batches(held), *_serials(held)),
		lines=lines,
		events=_events(scope) if with_events else None,
		orders=_orders(scope) if with_flow else (),
		stages=_stages(scope) if with_flow else (),
		decisions=_decisions(scope),
		owed=_owed(scope),
		ages=pick_evidence.ages(scope),
		under_way=pick_evidence.under_way(scope, lines),
		units=pick_evidence.units(scope),
		returns=return_evidence.lines_with_returns_of(scope),
		credits=return_evidence.over_credited(scope),
		named=pick_evidence.in_another_name(scope),
		boxes=box_evidence.read_boxes(scope),
		handovers=handover_evidence.read_handovers(scope),
		labels=label_evidence.read_labels(scope),
		door_money=door_money_evidence.read_door_money(scope),
	)


def _bins(scope: AuditScope) -> tuple[BinEvidence, ...]:
	"""Bins that say something is locked, and those of open locks; in a scope all Bins of its items."""
	is_whole = scope.items is None
	which = "(bin.reserved_stock <> 0 or held.item_code is not null)" if is_whole else "1 = 1"
	rows = frappe.db.sql(
		f"""select bin.item_code, bin.warehouse, bin.actual_qty, coalesce((
				select sle.qty_after_transaction from `tabStock Ledger Entry` sle
				where sle.item_code = bin.item_code and sle.warehouse = bin.warehouse and sle.is_cancelled = 0
				order by sle.posting_datetime desc, sle.creation desc limit 1), 0),
			bin.reserved_stock, 1, {there.now_sql("bin")}
		from `tabBin` bin
		left join (
			select distinct sre.item_code, sre.warehouse from `tabStock Reservation Entry` sre
			where sre.docstatus = 1 and sre.status in %(open)s and {scope.only("sre.item_code", "items")}
		) held on held.item_code = bin.item_code and held.warehouse = bin.warehouse
		where {scope.only("bin.item_code", "items")} and {which}""",
		scope.values,
	)
	return tuple(BinEvidence(*row) for row in rows)


def _locks(scope: AuditScope) -> tuple[LockEvidence, ...]:
	"""Reservations that hold stock, and those whose status does not say what their figures say."""
	used = " + ".join(f"sre.{column}" for column in consumed_columns())
	rows = frappe.db.sql(
		f"""select sre.name, sre.item_code, sre.warehouse,
			if(sre.voucher_type = 'Sales Order', sre.voucher_no, ''),
			if(sre.voucher_type = 'Sales Order', coalesce(sre.voucher_detail_no, ''), ''),
			sre.reserved_qty, {used}, sre.status in %(open)s, sre.status,
			if(sre.reservation_based_on = 'Serial and Batch', coalesce((
				select sum(sbe.qty) from `tabSerial and Batch Entry` sbe
				where sbe.parent = sre.name and sbe.parenttype = 'Stock Reservation Entry'), 0), null),
			coalesce(line.item_code, packed.item_code), so.docstatus, coalesce(so.status, ''),
			coalesce({item_life.ended_sql("item")}, 0)
		from `tabStock Reservation Entry` sre
		left join `tabItem` item on item.name = sre.item_code
		left join `tabSales Order` so on so.name = sre.voucher_no
		left join `tabSales Order Item` line on line.name = sre.voucher_detail_no and line.parent = so.name
		left join `tabPacked Item` packed on packed.name = sre.voucher_detail_no and packed.parent = so.name
		where sre.docstatus = 1 and {scope.of_locks("sre")} and (
			sre.status in %(open)s or sre.reserved_qty <= 0 or abs(sre.reserved_qty - ({used})) > 0.0000005)
		order by sre.name""",
		scope.values,
	)
	return tuple(LockEvidence(*(*row[:7], bool(row[7]), *row[8:13], bool(row[13]))) for row in rows)


def _held(scope: AuditScope) -> tuple[HeldEvidence, ...]:
	rows = frappe.db.sql(
		f"""select sre.name, sre.item_code, sre.warehouse, sbe.batch_no, sbe.serial_no,
			sbe.qty - sbe.delivered_qty, coalesce({bad_lots.is_bad_sql("batch")}, 0)
		from `tabStock Reservation Entry` sre
		join `tabSerial and Batch Entry` sbe
			on sbe.parent = sre.name and sbe.parenttype = 'Stock Reservation Entry'
		left join `tabBatch` batch on batch.name = sbe.batch_no
		where sre.docstatus = 1 and sre.status in %(open)s and sbe.qty > sbe.delivered_qty
			and sre.reservation_based_on = 'Serial and Batch' and {scope.only("sre.item_code", "items")}
		order by sre.name, sbe.idx""",
		scope.values,
	)
	return tuple(HeldEvidence(*(*row[:6], bool(row[6]))) for row in rows)


def _batches(held: Iterable[HeldEvidence]) -> tuple[LotEvidence, ...]:
	"""What is on hand of the held batches. Rows older than ERPNext's bundles name the batch themselves."""
	batches = tuple({it.batch_no for it in held if it.batch_no and not it.serial_no})
	if not batches:
		return ()
	rows = frappe.db.sql(
		"""select moved.item_code, moved.warehouse, moved.batch_no, sum(moved.qty) from (
			select sle.item_code, sle.warehouse, sbe.batch_no, sbe.qty
			from `tabSerial and Batch Entry` sbe
			join `tabStock Ledger Entry` sle on sle.serial_and_batch_bundle = sbe.parent
			where sbe.batch_no in %(batches)s and sle.is_cancelled = 0
			union all
			select sle.item_code, sle.warehouse, sle.batch_no, sle.actual_qty
			from `tabStock Ledger Entry` sle
			where sle.batch_no in %(batches)s and sle.is_cancelled = 0
				and coalesce(sle.serial_and_batch_bundle, '') = ''
		) moved group by moved.item_code, moved.warehouse, moved.batch_no""",
		{"batches": batches},
	)
	return tuple(LotEvidence(item, warehouse, batch, None, qty) for item, warehouse, batch, qty in rows)


def _serials(held: Iterable[HeldEvidence]) -> tuple[LotEvidence, ...]:
	serials = tuple({it.serial_no for it in held if it.serial_no})
	if not serials:
		return ()
	rows = frappe.db.sql(
		"""select item_code, warehouse, name from `tabSerial No`
		where name in %s and status = 'Active' and coalesce(warehouse, '') <> ''""",
		(serials,),
	)
	return tuple(LotEvidence(item, warehouse, None, serial, 1.0) for item, warehouse, serial in rows)


def _events(scope: AuditScope) -> tuple[EventEvidence, ...]:
	"""What the events of a line add up to, where that is not nothing: most lines were delivered long ago.
	Events without a line tell of mended figures, not of locks.
	"""
	rows = frappe.db.sql(
		f"""select sales_order, sales_order_item, item_code, warehouse, sum(qty_stock)
		from `tabStock Lock Event`
		where coalesce(sales_order_item, '') <> '' and {scope.only("item_code", "items")}
		group by sales_order_item, sales_order, item_code, warehouse
		having abs(sum(qty_stock)) > 0.0000005""",
		scope.values,
	)
	return tuple(EventEvidence(*row) for row in rows)


def _orders(scope: AuditScope) -> tuple[OrderEvidence, ...]:
	found = status.facts_of_all(scope.orders, unfinished=scope.is_part)
	return tuple(OrderEvidence(name, it.flow_status, it.facts, it.stage) for name, it in found.items())


def _stages(scope: AuditScope) -> tuple[StageEvidence, ...]:
	"""Where an order's log has a gap or an overlap, and stages that last but are not the order's."""
	rows = frappe.db.sql(
		f"""select log.sales_order, coalesce(log.left_on, ''), coalesce(log.next_on, '') from (
			select log.name, log.sales_order, log.left_on, lead(log.entered_on) over (
				partition by log.sales_order order by log.entered_on, coalesce(log.left_on, '9999-12-31')
			) next_on
			from `tabOrder Stage Log` log
			where log.sales_order is not null and {scope.only("log.sales_order", "orders")}
		) log join `tabSales Order` so on so.name = log.sales_order
		where (log.next_on is not null and (log.left_on is null or log.left_on <> log.next_on))
			or (log.left_on is null and log.name <> so.swf_stage_row)""",
		scope.values,
	)
	return tuple(StageEvidence(order, str(left), str(entered)) for order, left, entered in rows)


# Whoever decided, or the one they stood in for, was asked by name or by role. What was decided before there
# were rows for it is not judged.
_MAY_DECIDE = """
	not exists (select 1 from `tabOrder Approval Decision` given where given.parent = approval.name)
	or exists (
		select 1 from `tabOrder Approval Decision` given
		join `tabOrder Approval Decider` asked on asked.parent = given.parent
		left join `tabHas Role` has_role on has_role.parenttype = 'User' and has_role.role = asked.role
			and has_role.parent = coalesce(nullif(given.on_behalf_of, ''), given.user)
		where given.parent = approval.name and given.user = approval.decided_by
			and given.action in ('Approved', 'Refused', 'Condition Offered')
			and (has_role.name is not null
				or asked.user = coalesce(nullif(given.on_behalf_of, ''), given.user)))"""


# Of several votes every one counts, whichever was the last. A person of the asked role is not known by it
# any more once he has another post.
_STRANGER = """
	select min(vote.user) from `tabOrder Approval Decision` vote
	where vote.parent = approval.name and vote.action = 'Approved' and vote.is_void = 0
		and vote.user not in ('Administrator', so.owner) and not exists (
			select 1 from `tabOrder Approval Decider` asked
			left join `tabHas Role` has_role on has_role.parenttype = 'User' and has_role.role = asked.role
				and has_role.parent = coalesce(nullif(vote.on_behalf_of, ''), vote.user)
			where asked.parent = vote.parent and (has_role.name is not null
				or asked.user = coalesce(nullif(vote.on_behalf_of, ''), vote.user)))"""


def _decisions(scope: AuditScope) -> tuple[DecisionEvidence, ...]:
	rows = frappe.db.sql(
		f"""select approval.name, approval.sales_order, so.owner, approval.decided_by,
			approval.allow_own_order, ({_MAY_DECIDE}), exists (
				select 1 from `tabOrder Approval Decision` vote where vote.parent = approval.name
					and vote.action = 'Approved' and vote.is_void = 0 and vote.user = so.owner),
			({_STRANGER})
		from `tabOrder Approval` approval join `tabSales Order` so on so.name = approval.sales_order
		where approval.state in ('Approved', 'Rejected') and so.docstatus = 1
			and {scope.only("approval.sales_order", "orders")}""",
		scope.values,
	)
	return tuple(
		DecisionEvidence(
			*(*row[:4], bool(row[4]), bool(row[5]) or row[3] == "Administrator", bool(row[6]), row[7] or "")
		)
		for row in rows
	)


def _owed(scope: AuditScope) -> tuple[OwedEvidence, ...]:
	"""What the gate asked of submitted orders and nobody has given; a rule that is gone is not asked for."""
	rows = frappe.db.sql(
		f"""select so.name, gate.owed, group_concat(approval.rule separator '\n')
		from `tabSales Order` so join `tabOrder Gate` gate on gate.name = so.name
		left join `tabOrder Approval` approval on approval.sales_order = so.name and (
			approval.state = 'Approved' or exists (select 1 from `tabOrder Approval Decision` given
				where given.parent = approval.name and given.action = 'Approved'))
		where so.docstatus = 1 and gate.owed <> '' and {scope.only("so.name", "orders")}
		group by so.name, gate.owed""",
		scope.values,
	)
	lacking = [
		(order, rule)
		for order, owed, given in rows
		for rule in owed.split("\n")
		if rule not in (given or "").split("\n")
	]
	known = set()
	if lacking:
		found = frappe.db.sql(
			"select name from `tabOrder Approval Rule` where name in %s",
			(tuple({rule for _, rule in lacking}),),
		)
		known = {row[0] for row in found}
	return tuple(OwedEvidence(order, rule) for order, rule in lacking if rule in known)
