// Frappe adds a row by Tab in the last field of a table, and by arrow keys, also where the table takes no new rows.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** Tab leaves the table after its last field, and no key adds a row. */
	keep_rows(grid) {
		const table = grid.wrapper[0];
		if (table.dataset.swfKeepsRows) {
			return;
		}
		table.dataset.swfKeepsRows = "1";
		table.addEventListener(
			"keydown",
			(event) => {
				const { target, key, shiftKey, altKey } = event;
				const row = target.closest(".grid-row");
				const is_last_row = row && cint(row.dataset.idx) === grid.get_data().length;
				const is_last_field = target.dataset.lastInput || $(row).find(":input:enabled:last")[0] === target;
				const leaves = key === "Tab" && !shiftKey && is_last_row && is_last_field;
				const adds = event.ctrlKey || event.metaKey || (shiftKey && altKey);
				if (leaves || (adds && ["ArrowUp", "ArrowDown"].includes(key))) {
					event.stopPropagation();
				}
			},
			true
		);
	},
});
