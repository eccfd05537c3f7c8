// The flow on the form of a Courier Handover; a desk that was loaded before the app was has nothing to attach.
window.sales_wh_flow && sales_wh_flow.attach && sales_wh_flow.attach("Courier Handover");
