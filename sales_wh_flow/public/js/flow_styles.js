// How the flow's parts of a form look. Frappe's own colours are used, so the dark theme works as well.
frappe.provide("sales_wh_flow");

sales_wh_flow.styles = `
.swf-block { margin: 0 0 var(--margin-sm); padding: var(--padding-md);
	border: 1px solid var(--border-color); border-radius: var(--border-radius-md); font-size: var(--text-sm); }
.swf-caption { font-size: var(--text-xs); font-weight: 500; color: var(--text-muted); margin-bottom: 4px; }
.swf-muted { color: var(--text-muted); font-size: var(--text-xs); }
.swf-headline { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.swf-title { font-weight: 600; font-size: var(--text-base); }
.swf-sentence { flex: 1 1 240px; }
.swf-steps { display: flex; list-style: none; margin: 14px 0 2px; padding: 0; }
.swf-steps.is-muted { opacity: 0.5; }
.swf-step { position: relative; flex: 1 1 0; min-width: 0; text-align: center; }
.swf-step + .swf-step::before { content: ""; position: absolute; top: 11px; left: calc(-50% + 16px);
	width: calc(100% - 32px); height: 2px; background: var(--border-color); }
.swf-step.is-done::before { background: var(--text-on-green) !important; opacity: 0.6; }
.swf-step.is-here::before { background: var(--text-on-green) !important; opacity: 0.6; }
.swf-step .swf-dot { width: 24px; height: 24px; padding: 0; justify-content: center; font-weight: 600; }
.swf-step.is-here .swf-dot { box-shadow: 0 0 0 2px currentColor; }
.swf-step-label { display: block; margin-top: 4px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.swf-step:not(.is-here):not(.is-done) .swf-step-label { color: var(--text-muted); }
.swf-step.is-here .swf-step-label { font-weight: 600; }
.swf-step-note { display: block; min-height: 15px; font-size: var(--text-xs); color: var(--text-muted); }
.swf-part { margin-top: 12px; padding-top: 10px; border-top: 1px solid var(--border-color); }
.swf-approval { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: flex-start; padding: 6px 0; }
.swf-approval + .swf-approval { border-top: 1px dashed var(--border-color); }
.swf-approval-state { flex: 0 0 108px; }
.swf-approval-text { flex: 1 1 240px; min-width: 0; overflow-wrap: anywhere; }
.swf-buttons { display: flex; flex-wrap: wrap; gap: 6px; }
.swf-quote { margin-top: 4px; padding-left: 8px; border-left: 3px solid var(--border-color); color: var(--text-color);
	font-size: var(--text-sm); white-space: pre-wrap; }
.swf-scroll { max-height: 340px; overflow: auto; }
.swf-lines { width: 100%; }
.swf-lines th { position: sticky; top: 0; background: var(--fg-color); color: var(--text-muted); font-weight: 400;
	font-size: var(--text-xs); padding: 4px 8px; white-space: nowrap; }
.swf-lines td { padding: 6px 8px; border-top: 1px solid var(--border-color); vertical-align: top; }
.swf-lines .swf-number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.swf-lines .swf-idx { color: var(--text-muted); width: 28px; }
.swf-lines .swf-item, .swf-lines .swf-warehouse { overflow-wrap: anywhere; min-width: 110px; }
.swf-papers { display: flex; flex-wrap: wrap; gap: 12px 48px; }
.swf-lines td.is-zero { color: var(--text-muted); }
.swf-papers a { text-decoration: underline; }
.swf-papers ul { list-style: none; margin: 0; padding: 0; }
.swf-papers li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; padding: 3px 0; }
.swf-instructions { display: flex; flex-wrap: wrap; gap: 8px 40px; border-left: 4px solid var(--yellow-500, #e6b325); }
.swf-text { font-size: var(--text-base); font-weight: 500; white-space: pre-wrap; overflow-wrap: anywhere; }
.swf-actions { display: flex; gap: 6px; }
.swf-state .indicator-pill { margin-top: -2px; }
.swf-approvals-head { display: flex; justify-content: space-between; align-items: baseline; }
.swf-approvals-links { display: flex; gap: 6px; }
.swf-condition { margin: 4px 0; padding: 6px 10px; border-radius: var(--border-radius); background: var(--bg-yellow);
	color: var(--text-on-yellow); }
.swf-steps-of { list-style: none; margin: 4px 0 0; padding: 0 0 0 10px; border-left: 2px solid var(--border-color); }
.swf-what-if-top { display: flex; flex-wrap: wrap; gap: 0 32px; }
.swf-what-if-top .swf-what-if-part { flex: 1 1 260px; }
.swf-what-if-part { margin-bottom: 18px; min-width: 0; }
.swf-figure { font-size: var(--text-xl); font-weight: 600; font-variant-numeric: tabular-nums; }
.swf-figure .swf-muted, .swf-figure .swf-bad { font-size: var(--text-base); font-weight: 500; }
.swf-bad { color: var(--text-on-red, #b52a2a); }
.swf-bar { position: relative; display: flex; height: 8px; margin: 6px 0; border-radius: 4px;
	background: var(--gray-200, #eee); background: var(--bg-gray); }
.swf-bar-part { height: 100%; min-width: 0; }
.swf-bar-part:first-child { border-radius: 4px 0 0 4px; }
.swf-bar-part.is-gray { background: var(--gray-500); }
.swf-bar-part.is-blue { background: var(--blue-500); }
.swf-bar-part.is-green { background: var(--green-500); }
.swf-bar-part.is-yellow { background: var(--yellow-500); }
.swf-bar-part.is-red { background: var(--red-500); }
.swf-bar-mark { position: absolute; top: -4px; width: 2px; height: 16px; margin-left: -1px; background: var(--text-color); }
.swf-rows { list-style: none; margin: 0; padding: 0; }
.swf-rows > li { padding: 6px 0; border-top: 1px solid var(--border-color); }
.swf-row { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 12px; }
.swf-row-name { min-width: 0; overflow-wrap: anywhere; }
.swf-row-name a { text-decoration: underline; }
.swf-bar-part:last-of-type { border-radius: 0 4px 4px 0; }
.swf-bar-part:only-of-type { border-radius: 4px; }
.swf-inbox { padding: var(--padding-md); padding-bottom: 64px; }
.swf-inbox-tabs { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-bottom: var(--margin-md); }
.swf-inbox-tabs .is-active { background: var(--primary); color: var(--neutral, #fff); }
.swf-inbox-mark-all { margin: 0 0 0 auto; font-weight: 400; }
.swf-inbox-nothing { padding: 48px 16px; text-align: center; }
.swf-inbox-bulk { position: sticky; bottom: 0; z-index: 4; display: flex; align-items: center; gap: 8px;
	margin: 0 calc(-1 * var(--padding-md)); padding: 10px var(--padding-md); background: var(--fg-color);
	border-top: 1px solid var(--border-color); }
.swf-inbox-bulk span { flex: 1; font-weight: 500; }
.swf-inbox-asked { max-height: 40vh; overflow: auto; padding-left: 18px; }
.swf-card-head { display: flex; justify-content: space-between; gap: 12px; font-size: var(--text-base); }
.swf-card-title { min-width: 0; font-weight: 600; overflow-wrap: anywhere; }
.swf-card-title a { margin-right: 6px; text-decoration: underline; }
.swf-card-value { font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
.swf-card-facts { display: flex; flex-wrap: wrap; gap: 2px 14px; margin-bottom: 4px; }
.swf-card-mark { flex: 0 0 20px; margin: 0; }
.swf-card-buttons { margin-top: 8px; }
.swf-stock { margin-top: var(--margin-sm); }
.swf-places { font-size: var(--text-xs); overflow-wrap: anywhere; min-width: 120px; }
.swf-plans { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 12px; }
.swf-plan { display: flex; flex-direction: column; gap: 10px; padding: 12px; min-width: 0;
	border: 1px solid var(--border-color); border-radius: var(--border-radius-md); }
.swf-plan-head { display: flex; flex-wrap: wrap; gap: 6px; justify-content: space-between; align-items: center; }
.swf-plan-figures { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 6px; }
.swf-plan-figure { display: flex; flex-direction: column; font-weight: 600; overflow-wrap: anywhere; }
.swf-plan-figure.is-best { color: var(--text-on-green); }
.swf-plan-lines { flex: 1; max-height: 320px; overflow: auto; }
.swf-plan-line { padding: 6px 0; border-top: 1px solid var(--border-color); font-size: var(--text-sm);
	overflow-wrap: anywhere; }
.swf-plans-note { margin-bottom: 10px; }
.swf-short { color: var(--text-on-red); font-weight: 500; }
.swf-who-words { font-size: var(--text-base); }
.swf-who-button { padding: 0 4px; font-size: var(--text-xs); }
.btn.btn-xs.swf-act { padding: 0 6px; height: 20px; font-size: var(--text-xs); line-height: 18px; vertical-align: middle; }
.swf-cell { display: flex; align-items: center; justify-content: space-between; gap: 6px; }
.swf-cell a { margin-left: auto; }
.swf-ending { margin-top: 6px; }
.swf-who-label { display: none; }
.swf-stock-bar { display: flex; gap: 2px; margin-top: 10px; border-radius: var(--border-radius-sm); overflow: hidden; }
.swf-stock-piece { flex: 0 1 0; min-width: 64px; padding: 3px 6px; font-size: var(--text-xs); white-space: nowrap;
	overflow: hidden; text-overflow: ellipsis; }
.swf-stock-piece.is-locked { background: var(--bg-blue); color: var(--text-on-blue); }
.swf-stock-piece.is-free { background: var(--bg-green); color: var(--text-on-green); }
.swf-stock-piece.is-waiting { background: var(--bg-orange); color: var(--text-on-orange); }
.swf-timeline { list-style: none; margin: 0; padding: 0; }
.swf-timeline li { padding: 3px 0; }
.swf-timeline .is-coming { color: var(--text-muted); }
.swf-timeline .swf-when { display: inline-block; min-width: 84px; }
.swf-bulk { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: center; padding-bottom: 10px;
	border-bottom: 1px solid var(--border-color); }
.swf-gap { padding: 12px 0; border-bottom: 1px solid var(--border-color); }
.swf-gap-what { display: flex; gap: 8px; margin: 0 0 8px; overflow-wrap: anywhere; }
.swf-gap-what input { flex: none; margin-top: 3px; }
.swf-gap-facts { display: block; color: var(--text-muted); font-size: var(--text-sm); font-weight: 400; }
.swf-missing { color: var(--text-on-red, #b52a2a); }
.swf-ways { display: flex; flex-wrap: wrap; gap: 6px; }
.swf-nothing { padding: 20px 0; text-align: center; color: var(--text-muted); }
.swf-shortage ul, .swf-list { list-style: none; margin: 0; padding: 0; }
.swf-shortage li, .swf-list li { padding: 3px 0; }
.swf-sources { display: flex; flex-wrap: wrap; gap: 8px 16px; }
.swf-source { display: flex; gap: 8px; align-items: center; margin: 0; }
.swf-source input { width: 84px; text-align: right; }
.swf-after { margin-top: 8px; font-size: var(--text-sm); }
@media (min-width: 768px) {
	.swf-phone-only, .swf-mains { display: none; }
	.swf-inbox-filters .form-group { flex: 1 1 0; min-width: 120px; max-width: none; }
}
@media (max-width: 767px) {
	.swf-block { padding: 12px; }
	.swf-plans { grid-template-columns: minmax(0, 1fr); }
	.swf-plan-lines { max-height: none; }
	.swf-mains { display: flex; gap: 8px; border: 0; padding: 0; }
	.swf-mains .btn { flex: 1; }
	.swf-sentence, .swf-actions { flex-basis: 100%; }
	.swf-actions .btn { padding: 6px 10px; }
	.swf-inbox { padding: 12px; padding-bottom: 64px; }
	.swf-inbox-filters:not(.is-open) { display: none !important; }
	#page-approval-inbox .page-title .title-text { max-width: 60vw; }
	.swf-card-mark input { width: 20px; height: 20px; }
	.swf-card-title a { display: block; }
	.swf-step-label { font-size: 10px; }
	.swf-step-note { font-size: 10px; }
	.swf-buttons { flex-basis: 100%; }
	.swf-buttons .btn { flex: 1; padding: 8px; }
	.swf-lines thead { display: none; }
	.swf-lines tr { display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 8px 0;
		border-top: 1px solid var(--border-color); }
	.swf-lines td { border: 0; padding: 0; }
	.swf-lines td.swf-item, .swf-lines td.swf-warehouse, .swf-lines td.swf-state { flex: 1 1 100%; }
	.swf-lines td.swf-idx, .swf-lines td.is-zero { display: none; }
	.swf-lines td.swf-number { text-align: left; }
	.swf-lines td.swf-number::before { content: attr(data-label) ": "; color: var(--text-muted);
		font-size: var(--text-xs); }
	.swf-scroll { max-height: none; }
	.swf-who-dialog .form-column { padding: 8px 0 0; }
	.swf-who-label { display: inline; margin-right: 4px; color: var(--text-muted); font-size: var(--text-xs); }
	.swf-ways .btn { padding: 6px 10px; }
	.swf-source { flex: 1 1 100%; justify-content: space-between; }
}
`;
