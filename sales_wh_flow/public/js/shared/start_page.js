// Pickers and drivers begin with their page; whoever chose a workspace of his own begins with that.
$(document).on("app_ready", () => {
	const page = frappe.boot.swf && frappe.boot.swf.starts_at;
	const is_start = /^\/(app|desk)\/?(home)?\/?$/.test(window.location.pathname);
	if (page && is_start && !frappe.boot.user.default_workspace) {
		frappe.set_route(page);
	}
});
