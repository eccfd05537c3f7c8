// A page that people work on with a scanner in the hand: a keyboard wedge works anywhere on it, a camera too, and
// every scan is answered by sound, colour and a sentence. Used by Pick, Pack, Hand Over, Deliver.
frappe.provide("sales_wh_flow");

const FASTEST_TYPIST_MS = 100;
const SHORTEST_SCAN = 3;
const SEPARATOR = "\x1d";
const PATIENCE_MS = 2500;
const SECOND_TAP_MS = 800;
const TONES = { good: [880, 0.08], warn: [440, 0.2], bad: [180, 0.35] };

sales_wh_flow.ScanPage = class ScanPage {
	/** parent: where its bar goes; on_scan(text): called with what was scanned or typed. */
	constructor({ parent, on_scan, placeholder, on_late }) {
		this.on_scan = on_scan;
		this.keys = [];
		this.draw($(parent), placeholder || __("Scan, or type a number"));
		this.queue = new sales_wh_flow.ScanQueue({
			on_change: (waiting) => this.show_waiting(waiting),
			on_late: (action, answer, message) => {
				message && this.keep_refusal(action.args, message);
				on_late ? on_late(action, answer, message) : message && this.say("bad", message);
			},
		});
		document.addEventListener("keydown", (event) => this.key(event), true);
	}

	draw(parent, placeholder) {
		this.bar = $(`
			<div class="swf-scan">
				<div class="swf-scan-row">
					<input type="text" class="form-control swf-scan-field" autocomplete="off" autocapitalize="off"
						spellcheck="false" enterkeyhint="go">
					<button type="button" class="btn btn-default swf-scan-camera">${frappe.utils.icon("scan", "md")}</button>
				</div>
				<div class="swf-scan-said" role="status" aria-live="assertive"></div>
				<div class="swf-scan-waiting" hidden></div>
				<ul class="swf-scan-refused" hidden></ul>
			</div>`).appendTo(parent);
		this.field = this.bar.find(".swf-scan-field").attr({ placeholder, "aria-label": placeholder });
		this.bar
			.find(".swf-scan-camera")
			.attr({ "aria-label": __("Scan with the camera"), title: __("Scan with the camera") })
			.on("click", () => this.camera());
		this.said = this.bar.find(".swf-scan-said");
		this.refused = this.bar.find(".swf-scan-refused");
		this.refused.on("click", "button", (event) => {
			$(event.currentTarget).closest("li").remove();
			this.refused.prop("hidden", !this.refused.children().length);
		});
		this.field.on("keydown", (event) => {
			if (event.key === "Enter" && this.field.val().trim()) {
				event.preventDefault();
				this.scanned(this.field.val());
			}
		});
	}

	/** kind: good, warn or bad. */
	say(kind, text) {
		this.said.attr("data-kind", kind).text(text);
		beep(...TONES[kind]);
		if (kind === "bad" && navigator.vibrate) {
			navigator.vibrate(200);
		}
	}

	/** Sends an action through the queue; what the server refuses is said, and null comes back. */
	async send(method, args) {
		const began = Date.now();
		const say_kept = () => this.say("warn", __("{0} is kept and not sent yet.", [this.named(args)]));
		const slow = setTimeout(say_kept, navigator.onLine ? PATIENCE_MS : 0);
		try {
			return await this.queue.send(method, args);
		} catch (error) {
			if (!(error instanceof sales_wh_flow.Refusal)) {
				throw error;
			}
			this.say("bad", error.message);
			if (Date.now() - began > PATIENCE_MS) {
				this.keep_refusal(args, error.message);
			}
			return null;
		} finally {
			clearTimeout(slow);
		}
	}

	/** What a button starts, once: null for a tap that comes before the first one is answered, or right after. */
	async once(what, work) {
		this.doing ||= new Set();
		if (this.doing.has(what)) {
			return null;
		}
		this.doing.add(what);
		try {
			return await work();
		} finally {
			setTimeout(() => this.doing.delete(what), SECOND_TAP_MS);
		}
	}

	/** What an action is about, in a word. */
	named({ scan, text, box, row }) {
		return scan || text || box || (row ? __("The row") : __("The action"));
	}

	/** What is refused long after it was scanned stays until somebody has read it: the goods lie somewhere. */
	keep_refusal(args, message) {
		const line = $("<li></li>").text(`${this.named(args || {})}: ${message}`);
		const button = $('<button type="button" class="btn btn-default btn-sm"></button>').text(__("Understood"));
		this.refused.append(line.append(button)).prop("hidden", false);
	}

	show_waiting(waiting) {
		const text = waiting === 1 ? __("1 action is not sent yet") : __("{0} actions are not sent yet", [waiting]);
		this.bar.find(".swf-scan-waiting").prop("hidden", !waiting).text(text);
	}

	scanned(text) {
		this.keys = [];
		this.field.val("");
		this.on_scan(text.trim());
	}

	/** A scanner types faster than anybody, wherever the cursor is, and ends with Enter. */
	key(event) {
		if (!this.bar.is(":visible") || event.target === this.field[0]) {
			return;
		}
		if (!event.target.closest("input, textarea, select, [contenteditable=true], .modal")) {
			this.key_on_page(event);
			return;
		}
		const last = this.keys[this.keys.length - 1];
		if (last && event.timeStamp - last.at > FASTEST_TYPIST_MS) {
			this.keys = [];
		}
		if (event.key === "Enter" && this.keys.length >= SHORTEST_SCAN) {
			event.preventDefault();
			event.stopPropagation();
			this.take_back(event.target);
			this.scanned(this.keys.map((key) => key.sign).join(""));
		} else if (event.ctrlKey && event.key === "]") {
			event.preventDefault(); // how a scanner types the separator of GS1
			this.keys.push({ sign: SEPARATOR, at: event.timeStamp });
		} else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
			if (!this.keys.length) {
				this.before = "value" in event.target ? event.target.value : null;
			}
			this.keys.push({ sign: event.key, at: event.timeStamp });
		}
	}

	/** Where the cursor is in no field, keys of any speed go into ours: slow scanners, and fingers. */
	key_on_page(event) {
		const typed = this.field.val();
		const is_on_button = Boolean(event.target.closest("button, a, summary"));
		const is_quick = event.timeStamp - (this.typed_at || 0) < 10 * FASTEST_TYPIST_MS;
		if (event.key === "Enter" && typed.trim() && (is_quick || !is_on_button)) {
			event.preventDefault();
			event.stopPropagation();
			this.scanned(typed);
		} else if (event.ctrlKey && event.key === "]") {
			event.preventDefault();
			this.field.val(typed + SEPARATOR);
		} else if (event.key === "Backspace" && typed) {
			event.preventDefault();
			this.field.val(typed.slice(0, -1));
		} else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
			if (event.key === " " && !typed) {
				return; // presses a button, scrolls the page
			}
			event.preventDefault();
			this.field.val(typed + event.key);
			this.typed_at = event.timeStamp;
		}
	}

	/** The field that had the cursor gets back what stood there. */
	take_back(target) {
		if (this.before !== null && "value" in target) {
			target.value = this.before;
		}
	}

	camera() {
		new frappe.ui.Scanner({
			dialog: true,
			multiple: false,
			on_scan: (data) => data.decodedText && this.scanned(data.decodedText),
		});
	}
};

let audio;

function beep(frequency, seconds) {
	try {
		audio ||= new AudioContext();
		const tone = audio.createOscillator();
		const loud = audio.createGain();
		loud.gain.value = 0.1;
		tone.frequency.value = frequency;
		tone.connect(loud).connect(audio.destination);
		tone.start();
		tone.stop(audio.currentTime + seconds);
	} catch {
		// a browser without sound
	}
}
