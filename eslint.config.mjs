// What script/lint asks of the JavaScript. No imports: ESLint itself lies outside of the checkout, see script/js.
const BROWSER = [
	...["window", "document", "navigator", "location", "localStorage", "sessionStorage", "indexedDB", "crypto"],
	...["console", "createImageBitmap", "setTimeout", "clearTimeout", "setInterval", "clearInterval", "requestAnimationFrame"],
	...["fetch", "FormData", "URL", "URLSearchParams", "Blob", "File", "FileReader", "Image", "Event", "CustomEvent"],
	...["KeyboardEvent", "MutationObserver", "ResizeObserver", "IntersectionObserver", "AudioContext", "alert"],
	...["Intl", "structuredClone", "getComputedStyle", "matchMedia", "queueMicrotask", "Notification", "history"],
];
const DESK = [
	...["frappe", "erpnext", "sales_wh_flow", "__", "$", "jQuery", "cur_frm", "cur_list", "cur_dialog", "locals"],
	...["flt", "cint", "cstr", "format_currency", "moment", "in_list", "strip_html", "strip_number_groups"],
	...["comment_when", "get_currency_symbol", "format_number", "is_null", "L", "Sortable"],
];
const names = (list) => Object.fromEntries(list.map((name) => [name, "readonly"]));

// What docs/architecture.md promises of the desk scripts; each says what to write instead.
const TEMPLATE = "TemplateLiteral:has(TemplateElement[value.raw=/</])";
const NOT_LIKE_THIS = [
	{
		selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]",
		message: "Write textContent, or .html() of a view whose values went through sales_wh_flow.escape.",
	},
	{
		selector: "CallExpression[callee.property.name='insertAdjacentHTML']",
		message: "Write textContent, or .html() of a view whose values went through sales_wh_flow.escape.",
	},
	{
		selector: "CallExpression[callee.property.name=/^(html|append|prepend)$/] > BinaryExpression",
		message: "Write a template whose values go through sales_wh_flow.escape.",
	},
	{
		selector: `${TEMPLATE} > MemberExpression[property.name!=/^(length|idx|styles)$/]`,
		message: "A value in HTML goes through sales_wh_flow.escape, also where it looks harmless today.",
	},
	{
		selector: "CallExpression[callee.property.name='toFixed']",
		message: "Figures go through sales_wh_flow.qty or format_currency: people write them differently.",
	},
	{
		selector: "CallExpression[callee.name='__'] > :matches(TemplateLiteral, BinaryExpression):first-child",
		message: "A text is looked up as it is written: use {0} and a list of values.",
	},
	{
		selector:
			"CallExpression[callee.property.name=/^(msgprint|throw|show_alert)$/]" +
			" > :matches(Literal, TemplateLiteral, BinaryExpression):first-child",
		message: "It would be English for everybody: __(text).",
	},
	{
		selector: "CallExpression[callee.property.name='remove_custom_button']",
		message: "A phone's menu keeps the button: sales_wh_flow.remove_button.",
	},
	{
		selector: "MemberExpression[object.property.name='datetime'][property.name=/^(get_today|nowdate|now_date|now_datetime)$/]",
		message:
			"It is the reader's clock; days are the company's: sales_wh_flow.today, frappe.datetime.system_datetime.",
	},
	{
		selector: "BinaryExpression[operator='+'] > CallExpression[callee.name='__']",
		message: "Other languages have another order of words: one text with {0}.",
	},
	{
		selector: "CallExpression[callee.property.name=/^(ask|ask_beside|tell|call)$/] > TemplateLiteral:first-child",
		message: "Write the path of the method out: it is looked for.",
	},
	{
		selector:
			"ArrayExpression:has(> Literal[value='Pending Approval']):has(> Literal[value='Rejected'])",
		message: "The server has this list: sales_wh_flow.is_status, see boot.py.",
	},
	{
		selector:
			"ArrayExpression:has(> Literal[value=/^(Closed|Completed|Delivered)$/])" +
			":has(> Literal[value=/^(On Hold|Completed|Cancelled)$/])",
		message: "The server has this list: sales_wh_flow.is_status, see boot.py.",
	},
];

export default [
	{ ignores: ["**/node_modules/**", "**/dist/**", "**/public/docs/**"] },
	{
		files: ["**/*.js"],
		linterOptions: { reportUnusedDisableDirectives: "error" },
		languageOptions: {
			ecmaVersion: 2022,
			sourceType: "module",
			globals: names([...BROWSER, ...DESK]),
		},
		rules: {
			"array-callback-return": "error",
			"constructor-super": "error",
			"default-case-last": "error",
			eqeqeq: ["error", "always", { null: "ignore" }],
			"for-direction": "error",
			"getter-return": "error",
			"no-alert": "error",
			"no-async-promise-executor": "error",
			"no-case-declarations": "error",
			"no-class-assign": "error",
			"no-cond-assign": "error",
			"no-console": "error",
			"no-const-assign": "error",
			"no-constant-binary-expression": "error",
			"no-constant-condition": "error",
			"no-debugger": "error",
			"no-dupe-args": "error",
			"no-dupe-class-members": "error",
			"no-dupe-else-if": "error",
			"no-dupe-keys": "error",
			"no-duplicate-case": "error",
			"no-empty": "error",
			"no-eval": "error",
			"no-ex-assign": "error",
			"no-fallthrough": "error",
			"no-func-assign": "error",
			"no-implied-eval": "error",
			"no-import-assign": "error",
			"no-inner-declarations": "error",
			"no-irregular-whitespace": "error",
			"no-loss-of-precision": "error",
			"no-new-func": "error",
			"no-new-wrappers": "error",
			"no-prototype-builtins": "error",
			"no-redeclare": "error",
			"no-restricted-syntax": ["error", ...NOT_LIKE_THIS],
			"no-self-assign": "error",
			"no-self-compare": "error",
			"no-shadow": "error",
			"no-sparse-arrays": "error",
			"no-template-curly-in-string": "error",
			"no-this-before-super": "error",
			"no-throw-literal": "error",
			"no-undef": "error",
			"no-unmodified-loop-condition": "error",
			"no-unreachable": "error",
			"no-unsafe-finally": "error",
			"no-unsafe-negation": "error",
			"no-unsafe-optional-chaining": "error",
			"no-unused-expressions": ["error", { allowShortCircuit: true, allowTernary: true }],
			"no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "none" }],
			"no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
			"no-useless-catch": "error",
			"no-useless-escape": "error",
			"no-useless-return": "error",
			"no-var": "error",
			"object-shorthand": "error",
			"prefer-const": "error",
			"prefer-template": "error",
			"require-yield": "error",
			"use-isnan": "error",
			"valid-typeof": "error",
		},
	},
	{
		// The page that script/demo writes: a browser alone.
		files: ["demo/**/*.js"],
		languageOptions: { sourceType: "script", globals: names(BROWSER) },
	},
];
