// What a phone did and the server may not know yet: kept in the browser, sent in order, each under a key of its
// own, until there is an answer. The server does the same key once (base/once.py), so sending again is safe.
frappe.provide("sales_wh_flow");

const DATABASE = "sales_wh_flow";
const STORE = "actions";
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30000;
const PATIENCE_MS = 20000;
const NOT_REACHED = [429, 502, 503, 504, 508];
const MOST_FAILURES = 5;

/** An answer of the server that says no; its message is for people. */
class Refusal extends Error {}

sales_wh_flow.Refusal = Refusal;

sales_wh_flow.ScanQueue = class ScanQueue {
	/** on_change(n): n actions have no answer yet. on_late(action, answer or null, message): of an action from before a reload. */
	constructor({ on_change = () => {}, on_late = () => {} } = {}) {
		this.on_change = on_change;
		this.on_late = on_late;
		this.actions = [];
		this.asking = new Map();
		this.ready = this.load();
		window.addEventListener("online", () => this.work());
	}

	/** Does an action now, or as soon as the server can be reached. Resolves to its answer; rejects with a Refusal. */
	async send(method, args) {
		await this.ready;
		const action = { key: new_key(), method, args, user: frappe.session.user, at: Date.now() };
		this.actions.push(action);
		await put(action);
		this.on_change(this.actions.length);
		return new Promise((resolve, reject) => {
			this.asking.set(action.key, { resolve, reject });
			this.work();
		});
	}

	get waiting() {
		return this.actions.length;
	}

	async load() {
		const kept = await all();
		this.actions = kept.filter((action) => action.user === frappe.session.user).sort((a, b) => a.at - b.at);
		this.on_change(this.actions.length);
		this.work();
	}

	async work() {
		if (this.working) {
			return;
		}
		this.working = true;
		let pause = FIRST_PAUSE_MS;
		while (this.actions.length) {
			const [action] = this.actions;
			try {
				const answer = await post(action);
				await this.done(action, answer, null);
				pause = FIRST_PAUSE_MS;
			} catch (error) {
				if (error instanceof Refusal) {
					await this.done(action, null, error);
					continue;
				}
				this.on_change(this.actions.length);
				await new Promise((go_on) => setTimeout(go_on, pause));
				pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
			}
		}
		this.working = false;
	}

	async done(action, answer, refusal) {
		this.actions.shift();
		await forget(action.key);
		this.on_change(this.actions.length);
		const asking = this.asking.get(action.key);
		this.asking.delete(action.key);
		if (!asking) {
			this.on_late(action, answer, refusal && refusal.message);
		} else if (refusal) {
			asking.reject(refusal);
		} else {
			asking.resolve(answer);
		}
	}
};

function new_key() {
	// randomUUID is there on https and localhost alone; warehouses run on plain http as well.
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Resolves to the answer; rejects with a Refusal, or with what fetch says when nobody answers. */
async function post(action) {
	const { key, method, args } = action;
	const given_up = new window.AbortController();
	const timer = setTimeout(() => given_up.abort(), PATIENCE_MS);
	try {
		const response = await fetch(`/api/method/sales_wh_flow.${method}`, {
			method: "POST",
			signal: given_up.signal,
			headers: {
				Accept: "application/json",
				"Content-Type": "application/json",
				"X-Frappe-CSRF-Token": frappe.csrf_token,
			},
			body: JSON.stringify({ ...args, key }),
		});
		if (response.ok) {
			const answer = await response.json();
			warn(answer);
			return answer.message;
		}
		action.failures = (action.failures || 0) + (response.status === 500);
		if (NOT_REACHED.includes(response.status) || (response.status === 500 && action.failures < MOST_FAILURES)) {
			throw new Error(response.statusText);
		}
		throw new Refusal(words_of(await response.json().catch(() => ({}))));
	} finally {
		clearTimeout(timer);
	}
}

/** What was done and yet warned of, as the gates do with orange messages, is said. */
function warn(answer) {
	const message = said_in(answer, ({ indicator }) => indicator === "orange");
	message && frappe.show_alert({ message: frappe.utils.escape_html(message), indicator: "orange" });
}

/** The text of the messages of an answer that are wanted; empty where there is none. */
function said_in(answer, is_wanted = () => true) {
	try {
		const messages = JSON.parse(answer._server_messages || "[]").map((one) => JSON.parse(one));
		const texts = messages.filter(is_wanted).map(({ message }) => message);
		// Parsed and never shown: nothing in it runs.
		return new window.DOMParser().parseFromString(texts.join(" "), "text/html").body.textContent;
	} catch {
		return ""; // not for people
	}
}

function words_of(answer) {
	const said = said_in(answer);
	if (said) {
		return said;
	}
	return answer.exc_type === "CSRFTokenError"
		? __("You were logged out. Reload the page and log in; nothing is lost.")
		: __("The server refused this and did not say why. Reload the page and look.");
}

let opened;

function database() {
	opened ||= new Promise((resolve, reject) => {
		const request = indexedDB.open(DATABASE, 1);
		request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	return opened;
}

/** One request to the store; where a browser keeps nothing (private windows), the queue lives as long as the page. */
async function stored(mode, what, otherwise) {
	try {
		const store = (await database()).transaction(STORE, mode).objectStore(STORE);
		return await new Promise((resolve, reject) => {
			const request = what(store);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	} catch {
		return otherwise;
	}
}

const put = (action) => stored("readwrite", (store) => store.put(action));
const forget = (key) => stored("readwrite", (store) => store.delete(key));
const all = () => stored("readonly", (store) => store.getAll(), []);
