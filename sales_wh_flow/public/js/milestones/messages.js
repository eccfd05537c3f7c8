// What was told of an order, what would be told, and the customer's page: dialogs on the Sales Order.
frappe.provide("sales_wh_flow.milestones");

Object.assign(sales_wh_flow.milestones, {
	names: [
		"Confirmed",
		"Approved and Locked",
		"Short",
		"Delayed",
		"Ready",
		"Dispatched",
		"Delivered",
		"Refused",
		"Return Announced",
		"Return Received",
		"Refunded",
		"May Be Invoiced",
	],

	colours: {
		Waiting: "orange",
		Sent: "green",
		"Would Have Gone Out": "gray",
		Failed: "red",
		"Came Back": "red",
		"Not Needed": "gray",
	},

	/** The dialog with all that was told, and a look at what a milestone would tell. */
	async open(frm) {
		const messages = sales_wh_flow.milestones;
		const dialog = new frappe.ui.Dialog({
			title: __("Messages of {0}", [frm.doc.name]),
			size: "large",
			fields: [
				{ fieldtype: "HTML", fieldname: "told" },
				{ fieldtype: "Section Break", label: __("What Would Be Told") },
				{
					fieldtype: "Select",
					fieldname: "milestone",
					label: __("If the Order Were"),
					options: messages.names.map((name) => ({ value: name, label: __(name) })),
					change: () => messages.preview(frm, dialog),
				},
				{ fieldtype: "HTML", fieldname: "preview" },
			],
		});
		dialog.show();
		await messages.show_told(frm, dialog);
		return dialog;
	},

	async show_told(frm, dialog) {
		const rows = await sales_wh_flow.ask("milestones.api.messages_of_order", { sales_order: frm.doc.name });
		const place = dialog.fields_dict.told.$wrapper.empty();
		place.append(
			rows.length
				? `<div class="swf-scroll"><ul class="swf-messages">${rows
						.map(sales_wh_flow.milestones.row)
						.join("")}</ul></div>`
				: `<p class="text-muted">${__("Nothing was told of this order yet.")}</p>`
		);
		place.find("[data-again]").on("click", async (event) => {
			const message = $(event.currentTarget).attr("data-again");
			const receiver = await sales_wh_flow.tell("milestones.api.send_again", { message });
			frappe.show_alert({ message: __("Goes to {0}.", [sales_wh_flow.escape(receiver)]), indicator: "green" });
			await sales_wh_flow.milestones.show_told(frm, dialog);
		});
	},

	row(one) {
		const { escape, pill } = sales_wh_flow;
		const when = frappe.datetime.str_to_user(one.sent_on || one.happened_on);
		const has_failed = ["Failed", "Came Back"].includes(one.state) || (one.state === "Waiting" && one.why);
		const again = has_failed
			? `<button class="btn btn-xs btn-default" data-again="${escape(one.name)}">${__("Send Again")}</button>`
			: "";
		return `<li>
			${pill(__(one.state), sales_wh_flow.milestones.colours[one.state], "no-indicator-dot")}
			<b>${escape(__(one.milestone))}</b> ${escape(one.box || "")}
			<span>${escape(__(one.audience))} &middot; ${escape(__(one.channel))}
				${one.receiver ? `&middot; ${escape(one.receiver)}` : ""}</span>
			<span class="swf-muted">${escape(when)}</span>
			${one.why ? `<div class="${one.state === "Not Needed" ? "swf-muted" : "text-danger"}">${escape(one.why)}</div>` : ""}
			${again}</li>`;
	},

	async preview(frm, dialog) {
		const milestone = dialog.get_value("milestone");
		if (!milestone) {
			return;
		}
		const place = dialog.fields_dict.preview.$wrapper.html(`<p class="text-muted">${__("Loading")}…</p>`);
		let rows = null;
		try {
			rows = await sales_wh_flow.ask("milestones.api.preview_messages", { sales_order: frm.doc.name, milestone });
		} finally {
			if (!rows && dialog.get_value("milestone") === milestone) {
				place.empty();
			}
		}
		if (dialog.get_value("milestone") !== milestone) {
			return;
		}
		place.html(rows.length ? "" : `<p class="text-muted">${__("No Message Rule speaks of that.")}</p>`);
		rows.forEach((one) => place.append(sales_wh_flow.milestones.shown(one)));
	},

	/** A mail is shown in a frame of its own, in which no script runs. */
	shown(one) {
		const { escape, pill } = sales_wh_flow;
		const part = $(`<div class="swf-part">
			${pill(__(one.state), sales_wh_flow.milestones.colours[one.state], "no-indicator-dot")}
			<b>${escape(one.subject || __(one.channel))}</b>
			<div class="swf-muted">${escape(__(one.audience))} &middot; ${escape(__(one.channel))} &middot;
				${escape(one.receiver)} &middot; ${escape(one.rule)}</div>
			${one.why ? `<div class="text-danger">${escape(one.why)}</div>` : ""}</div>`);
		if (one.message) {
			$('<iframe class="swf-mail" sandbox=""></iframe>')
				.attr({ srcdoc: one.message, title: one.subject })
				.appendTo(part);
		}
		return part;
	},

	async copy_link(frm) {
		const link = await sales_wh_flow.tell("milestones.api.customer_page_link", { sales_order: frm.doc.name });
		frappe.utils.copy_to_clipboard(link);
		return link;
	},

	withdraw_links(frm) {
		frappe.confirm(__("No link to the customer's page of this order works afterwards. Go on?"), async () => {
			const count = await sales_wh_flow.tell("milestones.api.withdraw_customer_page_links", {
				sales_order: frm.doc.name,
			});
			const message = count === 1 ? __("1 link was withdrawn.") : __("{0} links were withdrawn.", [count]);
			frappe.show_alert({ message, indicator: "green" });
		});
	},
});

sales_wh_flow.on_form("Sales Order", {
	refresh(frm) {
		if (frm.is_new()) {
			return;
		}
		const messages = sales_wh_flow.milestones;
		if (sales_wh_flow.is_on("messages")) {
			frm.add_custom_button(__("Messages"), () => messages.open(frm), __("View"));
		}
		if (sales_wh_flow.is_on("customer_page") && frm.doc.docstatus === 1 && frm.has_perm("write")) {
			frm.add_custom_button(__("Copy Customer's Link"), () => messages.copy_link(frm), __("View"));
			frm.add_custom_button(__("Withdraw Customer's Links"), () => messages.withdraw_links(frm), __("View"));
		}
	},
});
