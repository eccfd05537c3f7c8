// The part "Approvals" of the block "Order Flow": each reason, who decides, and what was decided.
frappe.provide("sales_wh_flow.order_flow");

Object.assign(sales_wh_flow.order_flow, {
	approvals({ approvals, owed, shadows = [], is_on, docstatus, may_withdraw }) {
		const flow = sales_wh_flow.order_flow;
		const rows = [
			...approvals.map(flow.approval),
			...flow.not_asked(owed).map(flow.owed_approval),
			...shadows.map(flow.shadow),
		];
		if (!is_on || (!rows.length && docstatus !== 0)) {
			return "";
		}
		const nothing = `<div class="swf-muted">${__("No rule asks for an approval.")}</div>`;
		const what_if = docstatus === 0 || approvals.some((one) => one.state === "Open");
		return `<div class="swf-part swf-approvals"><div class="swf-approvals-head">
				<span class="swf-caption">${__("Approvals")}</span>
				<span class="swf-approvals-links">
					${what_if ? `<button class="btn btn-xs btn-default" data-show="what_if">${__("What If")}</button>` : ""}
					${may_withdraw ? `<button class="btn btn-xs btn-default" data-withdraw>${__("Withdraw")}</button>` : ""}
					<button class="btn btn-xs btn-default" data-show="reasons">${__("Why / Why Not")}</button>
				</span>
			</div>
			${rows.join("") || nothing}</div>`;
	},

	not_asked(owed) {
		return owed.filter((need) => need.state === "Not Asked");
	},

	approval(approval) {
		const { escape, pill, approval_colours } = sales_wh_flow;
		const flow = sales_wh_flow.order_flow;
		const actions = sales_wh_flow.approval_actions(approval);
		const buttons = actions.map(
			({ verb, label, css }) => `<button class="btn btn-xs ${css}" data-decide="${verb}">${label}</button>`
		);
		const level = sales_wh_flow.level_words(approval);
		const due = approval.state === "Open" ? sales_wh_flow.due_pill(approval.due_on) : "";
		return `<div class="swf-approval" data-approval="${escape(approval.name)}">
			<div class="swf-approval-state">${pill(__(approval.state), approval_colours[approval.state])}</div>
			<div class="swf-approval-text">
				<div>${flow.rule(approval.rule)} ${level ? `<span class="swf-muted">${level}</span>` : ""} ${due}</div>
				<div>${flow.reason(approval.reason)}</div>
				${flow.condition(approval)}
				${flow.question(approval)}
				<div class="swf-muted">${flow.history(approval)}</div>
			</div>
			${buttons.length ? `<div class="swf-buttons">${buttons.join("")}</div>` : ""}
		</div>`;
	},

	/** The rule's name, which leads to the rule for whoever may read it. */
	rule(name) {
		const may_read = frappe.model.can_read("Order Approval Rule");
		return `<b><bdi>${may_read ? sales_wh_flow.link("Order Approval Rule", name) : sales_wh_flow.escape(name)}</bdi></b>`;
	},

	/** Why, in words; the number of a row leads to the row. */
	reason(words) {
		return sales_wh_flow.escape(words).replace(/(^|[\s(])#(\d+)\b/g, '$1<a href="#" data-row="$2">#$2</a>');
	},

	/** Opens the order's rows at one of them. */
	show_row(frm, idx) {
		const { grid } = frm.fields_dict.items;
		const page = Math.ceil(idx / grid.grid_pagination.page_length);
		if (page !== cint(grid.grid_pagination.page_index)) {
			grid.grid_pagination.go_to_page(page);
		}
		const row = grid.grid_rows[idx - 1];
		if (row) {
			const { tab, section } = frm.fields_dict.items;
			if (tab && !tab.is_active()) {
				tab.set_active();
			}
			if (section?.is_collapsed()) {
				section.collapse(false);
			}
			row.wrapper[0].scrollIntoView({ block: "center" });
			row.wrapper.addClass("highlight");
			setTimeout(() => row.wrapper.removeClass("highlight"), 3000);
		}
	},

	/** What an approver offers: approved if the order is changed so. */
	condition(approval) {
		if (!sales_wh_flow.is_offered(approval)) {
			return "";
		}
		const { condition } = approval;
		const { escape } = sales_wh_flow;
		const by = condition.by ? __("{0} approves on a condition", [escape(condition.by)]) : __("Condition");
		return `<div class="swf-condition"><b>${by}:</b> ${escape(condition.text)}</div>`;
	},

	/** What an approver wants to know before deciding. */
	question({ state, question }) {
		const is_asked = state === "Open" && question;
		return is_asked
			? `<div class="swf-condition"><b>${__("Asked back:")}</b> ${sales_wh_flow.escape(question)}</div>`
			: "";
	},

	/** Who asked and since when, who can decide, and each step so far. */
	history(approval) {
		const flow = sales_wh_flow.order_flow;
		const asked = flow.by(__("Asked by {0}"), approval.requested_by, approval.since);
		const steps = flow.steps_of(approval);
		if (approval.state === "Open") {
			const as = approval.decided_as
				? ` · ${__("you decide for {0}", [sales_wh_flow.escape(approval.decided_as)])}`
				: "";
			return `${asked} · ${sales_wh_flow.who_decides(approval)}${as}${flow.remind_again(approval)}${steps}`;
		}
		const verb = approval.state === "Rejected" ? __("Refused by {0}") : __("Approved by {0}");
		const decided = approval.decided_by ? ` · ${flow.by(verb, approval.decided_by, approval.decided_on)}` : "";
		return asked + decided + (steps || flow.quote(approval.comment));
	},

	/** From when on everybody can be reminded once more, while it can't be done. */
	remind_again({ remind_again_on }) {
		return remind_again_on
			? ` · ${__("You can remind again from {0}.", [frappe.datetime.str_to_user(remind_again_on)])}`
			: "";
	},

	by(text, person, moment) {
		return `${text.replace("{0}", () => sales_wh_flow.escape(person))} ${moment ? comment_when(moment) : ""}`;
	},

	quote(comment) {
		return comment ? `<div class="swf-quote">${sales_wh_flow.escape(comment)}</div>` : "";
	},

	/** Votes, forwards, conditions and escalations, oldest first; the asking itself is said above. */
	steps_of({ decisions = [] }) {
		const { escape } = sales_wh_flow;
		const flow = sales_wh_flow.order_flow;
		const words = {
			Approved: __("Approved by {0}"),
			Refused: __("Refused by {0}"),
			Changed: __("Order made worse by {0}"),
			Forwarded: __("Forwarded by {0}"),
			"Condition Offered": __("Condition offered by {0}"),
			"Condition Accepted": __("Condition accepted by {0}"),
			"Condition Declined": __("Condition declined by {0}"),
			Reminded: __("Reminded by {0}"),
			Escalated: __("Passed on because it was due"),
			Asked: __("{0} says"),
			"Asked Back": __("{0} asks back"),
			Answered: __("{0} answers"),
		};
		const rows = decisions
			.filter((step) => words[step.action] && (step.action !== "Asked" || step.comment))
			.map((step) => {
				const is_by_itself = step.action === "Reminded" && !step.user;
				const text = is_by_itself ? __("Reminded") : words[step.action];
				const for_whom = step.on_behalf_of ? ` ${__("for {0}", [escape(step.on_behalf_of)])}` : "";
				return `<li>${flow.by(text, step.user, "")}${for_whom}
					${step.at ? comment_when(step.at) : ""}${flow.quote(step.comment)}</li>`;
			});
		return rows.length ? `<ul class="swf-steps-of">${rows.join("")}</ul>` : "";
	},

	owed_approval(need) {
		const { pill } = sales_wh_flow;
		return `<div class="swf-approval">
			<div class="swf-approval-state">${pill(__(need.state), sales_wh_flow.approval_colours[need.state])}</div>
			<div class="swf-approval-text">
				<div>${sales_wh_flow.order_flow.rule(need.rule)}</div>
				<div>${sales_wh_flow.order_flow.reason(need.reason)}</div>
				<div class="swf-muted">${sales_wh_flow.who_decides(need)}</div>
			</div>
		</div>`;
	},

	/** What a rule on trial would have asked: said quietly, it stops nobody. */
	shadow({ rule, reason }) {
		const { escape, pill } = sales_wh_flow;
		return `<div class="swf-approval is-shadow">
			<div class="swf-approval-state">${pill(__("Shadow"), "gray")}</div>
			<div class="swf-approval-text swf-muted"><b>${escape(rule)}</b> ${escape(reason)}
				<div>${__("This rule is on trial. It would have asked, and stops nobody.")}</div></div>
		</div>`;
	},
});
