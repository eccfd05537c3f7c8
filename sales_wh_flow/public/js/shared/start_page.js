// Pickers and drivers begin with their page; whoever chose a workspace of his own begins with that.
// The address says so before Frappe reads it: a route that is set later comes before Frappe's own home, or after.
const page = frappe.boot && frappe.boot.swf && frappe.boot.swf.starts_at;
const start = window.location.pathname.match(/^\/(app|desk)\/?(home)?\/?$/);
if (page && start && !frappe.boot.user.default_workspace) {
	window.history.replaceState(null, "", `/${start[1]}/${page}`);
}
