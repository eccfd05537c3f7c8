// A phone that several people use: who takes it says so with a PIN, and what was not sent yet is sent before.
frappe.provide("sales_wh_flow");

/** Adds the two ways to a page's menu, where the company shares phones. scanner: the page's ScanPage. */
sales_wh_flow.share_phone = (page, scanner) => {
	if (!frappe.boot.swf?.shared_phones) {
		return;
	}
	page.add_menu_item(__("Somebody Else Takes the Phone"), () => take_over(scanner));
	page.add_menu_item(__("Set My PIN"), set_my_pin);
};

async function take_over(scanner) {
	if (scanner.queue.waiting) {
		scanner.say("warn", __("Not everything is sent yet. Wait for the network, then hand the phone over."));
		return;
	}
	const people = await sales_wh_flow.ask("picking.shared_phone.api.people_with_pin");
	if (!people.length) {
		frappe.msgprint(
			__("Nobody else has a PIN. Whoever wants one logs in with the password and chooses Set My PIN.")
		);
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Who Takes the Phone?"),
		fields: [
			{
				fieldtype: "Select",
				fieldname: "user",
				label: __("Name"),
				reqd: 1,
				options: people.map(({ user, full_name }) => ({ value: user, label: full_name })),
			},
			pin_field(),
		],
		primary_action_label: __("Take"),
		primary_action: async (values) => {
			try {
				await sales_wh_flow.tell("picking.shared_phone.api.take_phone", values);
			} catch {
				dialog.set_value("pin", "");
				return; // the server said why
			}
			window.location.reload();
		},
	});
	dialog.show();
}

function set_my_pin() {
	const dialog = new frappe.ui.Dialog({
		title: __("Set My PIN"),
		fields: [
			{ ...pin_field(), description: __("Six figures that nobody would try first.") },
			{ fieldtype: "Password", fieldname: "password", label: __("My Password"), reqd: 1, no_strength: 1 },
		],
		primary_action_label: __("Save"),
		primary_action: async (values) => {
			await sales_wh_flow.tell("picking.shared_phone.api.set_my_pin", values);
			dialog.hide();
			frappe.show_alert({ message: __("Your PIN is set."), indicator: "green" });
		},
	});
	dialog.show();
}

const pin_field = () => ({ fieldtype: "Password", fieldname: "pin", label: __("PIN"), reqd: 1, no_strength: 1 });
