// The flow on the form of a Stock Reconciliation; a desk loaded before the app was has nothing to attach.
window.sales_wh_flow && sales_wh_flow.attach && sales_wh_flow.attach("Stock Reconciliation");
