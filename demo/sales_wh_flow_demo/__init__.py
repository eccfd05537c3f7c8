"""The sample company, and the flow shown on it: in memory without a site, or on an ERPNext site."""
