// What a phone needs at the door: keys for its actions, a queue that outlives a dead network, a scanner that types.
frappe.provide("sales_wh_flow.phone");

(() => {
	const SHORT_PAUSE_MS = 60; // a scanner types faster than people do
	const AGAIN_MS = 4000;
	const STORE = "waiting";

	/** A key of one action; the server does it once, however often it is sent. */
	function key() {
		const bytes = crypto.getRandomValues(new Uint8Array(16));
		return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
	}

	/** Calls on_scan(text) for whatever a scanner types while the element is in view. Enter ends a scan. */
	function listen_to_scanner(element, on_scan) {
		let typed = "";
		let last = 0;
		document.addEventListener("keydown", (event) => {
			const field = event.target.closest("input, textarea, select, [contenteditable]");
			if (!element.offsetParent || field || document.querySelector(".modal.show")) {
				return;
			}
			typed = event.timeStamp - last > SHORT_PAUSE_MS * 10 ? "" : typed;
			last = event.timeStamp;
			if (event.key === "Enter" && typed.length > 2) {
				event.preventDefault();
				on_scan(typed);
				typed = "";
			} else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
				event.stopPropagation(); // no shortcut of the desk
				typed += event.key;
			}
		}, true);
	}

	/** A high tone for yes, a low one for no, and the phone trembles. */
	function signal(is_good) {
		navigator.vibrate && navigator.vibrate(is_good ? 60 : [120, 60, 120]);
		const Audio = window.AudioContext || window.webkitAudioContext;
		if (!Audio) {
			return;
		}
		sales_wh_flow.phone.audio = sales_wh_flow.phone.audio || new Audio();
		const tone = sales_wh_flow.phone.audio.createOscillator();
		tone.frequency.value = is_good ? 880 : 220;
		tone.connect(sales_wh_flow.phone.audio.destination);
		tone.start();
		tone.stop(sales_wh_flow.phone.audio.currentTime + (is_good ? 0.08 : 0.35));
	}

	function database() {
		return new Promise((resolve, reject) => {
			const asked = indexedDB.open("sales_wh_flow_phone", 1);
			asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "at", autoIncrement: true });
			asked.onsuccess = () => resolve(asked.result);
			asked.onerror = () => reject(asked.error);
		});
	}

	async function in_store(mode, work) {
		const base = await database();
		return new Promise((resolve, reject) => {
			const asked = work(base.transaction(STORE, mode).objectStore(STORE));
			asked.onsuccess = () => resolve(asked.result);
			asked.onerror = () => reject(asked.error);
		});
	}

	/** {is_answered, is_done, answer, text} of one call; not answered: no network, or a server that is away. */
	async function post({ method, args }) {
		let found;
		try {
			found = await fetch(`/api/method/sales_wh_flow.${method}`, {
				method: "POST",
				headers: {
					"Content-Type": "application/json",
					Accept: "application/json",
					"X-Frappe-CSRF-Token": frappe.csrf_token,
				},
				body: JSON.stringify(args),
			});
		} catch (error) {
			return { is_answered: false, text: __("No network") };
		}
		const answer = await found.json().catch(() => ({}));
		const is_away = found.status >= 500 || found.status === 429;
		const must_log_in = found.status === 401 || answer.exc_type === "CSRFTokenError" || answer.session_expired;
		if (is_away || must_log_in) {
			return { is_answered: false, text: must_log_in ? __("Sign in again") : __("The server is busy") };
		}
		return { is_answered: true, is_done: found.ok, answer: answer.message, text: said_by(answer) };
	}

	function said_by(answer) {
		try {
			const messages = JSON.parse(answer._server_messages || "[]").map((one) => JSON.parse(one).message);
			return messages.map((one) => frappe.utils.html2text(one)).join(" ") || answer._error_message || answer.exc_type || "";
		} catch (error) {
			return answer.exc_type || "";
		}
	}

	/** Actions that wait to be sent, one after the other, until each is answered; they outlive a reload. */
	class Queue {
		/** on_answer(action, result): once for each action. on_change(waiting, text): how many wait, and why. */
		constructor(page, { on_answer, on_change }) {
			Object.assign(this, { page, on_answer, on_change });
			window.addEventListener("online", () => this.go_on());
			this.go_on();
		}

		async add(method, args, about = {}) {
			const action = { page: this.page, user: frappe.session.user, method, args: { ...args, key: key() }, about };
			await in_store("readwrite", (store) => store.add(action));
			this.go_on();
		}

		/** What this user has not sent yet, the oldest first. */
		async waiting() {
			const all = await in_store("readonly", (store) => store.getAll());
			return all.filter((one) => one.page === this.page && one.user === frappe.session.user);
		}

		async go_on() {
			clearTimeout(this.timer);
			if (this.is_sending) {
				this.is_asked_again = true;
				return;
			}
			this.is_sending = true;
			try {
				await this.send_all();
			} finally {
				this.is_sending = false;
			}
			if (this.is_asked_again) {
				this.is_asked_again = false;
				this.go_on();
			}
		}

		async send_all() {
			for (let next = await this.waiting(); next.length; next = await this.waiting()) {
				this.on_change(next, "");
				const result = await post(next[0]);
				if (!result.is_answered) {
					this.on_change(next, result.text);
					this.timer = setTimeout(() => this.go_on(), AGAIN_MS);
					return;
				}
				await in_store("readwrite", (store) => store.delete(next[0].at));
				this.on_answer(next[0], result);
			}
			this.on_change([], "");
		}
	}

	/** A photo as the server keeps it: a JPEG of at most 1280 pixels, as a data URL. */
	async function shrunk(file) {
		const picture = await createImageBitmap(file);
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
		const name = localStorage.getItem("swf_device") || `phone ${key().slice(0, 6)}`;
		localStorage.setItem("swf_device", name);
		return name;
	}

	Object.assign(sales_wh_flow.phone, { key, listen_to_scanner, signal, Queue, shrunk, position, device });
})();
