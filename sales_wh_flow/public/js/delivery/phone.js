// What a driver's phone gives beside a scan: a photo, a signature, where it is, and a name of its own.
frappe.provide("sales_wh_flow.phone");

(() => {
	const PAD = "/assets/frappe/js/lib/jSignature.min.js";

	/** Fetches what a signature is drawn on while there is a network. */
	function fetch_pad() {
		if (!$.fn.jSignature) {
			document.head.append(Object.assign(document.createElement("script"), { src: PAD }));
		}
	}

	/**
	 * A dialog that opens without a network, too. Frappe fetches the pad anew for each field of a signature and
	 * holds the page until it is there; here it is there already, or the field is left out.
	 */
	function dialog(options) {
		const { require } = frappe;
		frappe.require = (items, done) => (items === PAD ? Promise.resolve() : require(items, done));
		try {
			const fields = options.fields.filter(({ fieldtype }) => fieldtype !== "Signature" || $.fn.jSignature);
			return new frappe.ui.Dialog({ ...options, fields });
		} finally {
			frappe.require = require;
		}
	}

	/** A photo as the server keeps it: a JPEG of at most 1280 pixels, as a data URL. */
	async function shrunk(file) {
		const picture = await window.createImageBitmap(file);
		const part = Math.min(1, 1280 / Math.max(picture.width, picture.height));
		const canvas = document.createElement("canvas");
		canvas.width = Math.round(picture.width * part);
		canvas.height = Math.round(picture.height * part);
		canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
		return canvas.toDataURL("image/jpeg", 0.8);
	}

	/** Where the phone is, as far as it says so within some seconds; null when it does not. */
	function position() {
		return new Promise((resolve) => {
			if (!navigator.geolocation) {
				resolve(null);
				return;
			}
			navigator.geolocation.getCurrentPosition(resolve, () => resolve(null), {
				enableHighAccuracy: true,
				maximumAge: 60000,
				timeout: 8000,
			});
		});
	}

	/** A name of this device that stays: what a box's story calls it. */
	function device() {
		const name = localStorage.getItem("sales_wh_flow_device") || `phone ${Math.random().toString(36).slice(2, 8)}`;
		localStorage.setItem("sales_wh_flow_device", name);
		return name;
	}

	Object.assign(sales_wh_flow.phone, { fetch_pad, dialog, shrunk, position, device });
})();
