// To whom a Pick List is handed on.
frappe.provide("sales_wh_flow");

/** Resolves to the user who walks for the list from now on, "" for whoever comes first. */
sales_wh_flow.ask_to_whom = (name) =>
	new Promise((resolve) => {
		const description = __("Empty: whoever comes first.");
		frappe.prompt(
			[{ fieldtype: "Link", fieldname: "to_user", options: "User", label: __("To"), description }],
			({ to_user }) => resolve(to_user || ""),
			__("Hand On {0}", [name]),
			__("Hand On")
		);
	});
