"""The desk of one site for gunicorn: whatever name the browser asked for, and static files included."""

import os

import frappe.app

frappe.app._site = os.environ["SWHF_SITE"]
application = frappe.app.application_with_statics()
