/**
 * Writes src/core/stable-widths.ts: which code points every terminal we know of gives the same width, and which; and
 * the terminals' own tables for the tests.
 *
 * A terminal measures text by its own table, and the tables differ by age. A code point is kept where string-width
 * (what Ink lays out by), the Unicode 11 table and the 15-grapheme table of xterm.js agree, and where it never joins
 * its neighbours to a cluster: then a text's width is the sum of its code points' widths, whatever stands beside.
 * Run it with `npm run widths` when Ink's string-width or the terminals' tables change, and read the difference.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';

const tables = ['@xterm/addon-unicode11@0.9.0', '@xterm/addon-unicode-graphemes@0.4.0'];

function fetchTables() {
	const folder = mkdtempSync(join(tmpdir(), 'widths-'));
	try {
		const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
		execFileSync('npm', ['install', '--prefix', folder, ...options, ...tables]);
		const require = createRequire(join(folder, 'none.js'));
		globalThis.window = globalThis;
		const { Unicode11Addon } = require('@xterm/addon-unicode11');
		const { UnicodeGraphemesAddon } = require('@xterm/addon-unicode-graphemes');
		return {
			eleven: providers(new Unicode11Addon()).at(-1),
			graphemes: providers(new UnicodeGraphemesAddon()).at(-1),
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function providers(addon) {
	const registered = [];
	addon.activate({ unicode: { register: (table) => registered.push(table), activeVersion: '' } });
	return registered;
}

const { eleven, graphemes } = fetchTables();
const segmenter = new Intl.Segmenter('en');
const isOneCluster = (text) => [...segmenter.segment(text)].length === 1;

/** What the 15-grapheme table says of the last of these: whether it joins the one before, and how wide both are. */
function inGraphemes(...codes) {
	const last = codes.reduce((before, code) => graphemes.charProperties(code, before), 0);
	return { joins: (last & 1) === 1, width: (last >> 1) & 3 };
}

/** No control, format, surrogate, private or unassigned code point, no blank, nothing that is not to be seen. */
const unprintable = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\p{Variation_Selector}\u2800]/u;

/** Letters that make a terminal reorder a line move the fields beside them too. */
function isRightToLeft(code) {
	return (
		(code >= 0x590 && code <= 0x8ff) ||
		(code >= 0xfb1d && code <= 0xfdff) ||
		(code >= 0xfe70 && code <= 0xfeff) ||
		(code >= 0x10800 && code <= 0x10fff) ||
		(code >= 0x1e800 && code <= 0x1efff)
	);
}

/** A combining mark that adds nothing to the width of any base, and ties no next letter to it. */
function isStableMark(code, text) {
	if (!/[\p{Mn}\p{Me}]/u.test(text) || isOneCluster(`${text}a`)) return false;
	if (isOneCluster(`क${text}क`) || eleven.wcwidth(code) !== 0) return false;
	return ['a', '1', '#', 'é', '漢'].every((base) => {
		const joined = inGraphemes(base.codePointAt(0), code);
		const width = stringWidth(base);
		return stringWidth(base + text) === width && joined.joins && joined.width === width;
	});
}

/** A base that stands alone between any two letters: 1 or 2 columns, or undefined where the tables differ. */
function stableWidth(code, text) {
	if (isOneCluster(`${text}a`) || isOneCluster(text + text)) return undefined;
	const neighbours = [
		[code, code],
		[0x61, code],
		[code, 0x61],
	];
	if (neighbours.some((pair) => inGraphemes(...pair).joins)) return undefined;
	const width = stringWidth(text);
	const agreed = eleven.wcwidth(code) === width && inGraphemes(code).width === width;
	return agreed && width > 0 ? width : undefined;
}

function widthOf(code) {
	const text = String.fromCodePoint(code);
	if (unprintable.test(text) || isRightToLeft(code)) return undefined;
	if (isOneCluster(`a${text}`)) return isStableMark(code, text) ? 0 : undefined;
	return stableWidth(code, text);
}

/** All code points of the same width in a row, from `first` on; what has none is left out. */
function ranges(first, widthOf) {
	const found = [];
	for (let code = first; code <= 0x10ffff; code++) {
		const width = widthOf(code);
		if (width === undefined) continue;
		const last = found.at(-1);
		if (last?.end === code - 1 && last.width === width) last.end = code;
		else found.push({ start: code, end: code, width });
	}
	return found;
}

/** Each range as its distance from the one before, its length less one, and `!` or `+` for a width of 0 or 2. */
function encode(ranges) {
	let before = 0;
	return ranges.map(({ start, end, width }) => {
		const distance = (start - before).toString(36);
		const length = end > start ? `-${(end - start).toString(36)}` : '';
		before = end;
		return distance + length + ['!', '', '+'][width];
	});
}

function wrapped(words) {
	return words
		.join(' ')
		.replace(/(.{1,90})(?: |$)/g, "\t'$1 ' +\n")
		.replace(/ ' \+\n$/, "';");
}

/** What a table makes of every code point but those one column wide: the emulators of the tests measure by it. */
function wholeTable(table) {
	const oddWidth = (code) => (table.wcwidth(code) === 1 ? undefined : table.wcwidth(code));
	return encode(ranges(0xa0, oddWidth)).join(' ');
}

const project = new URL('..', import.meta.url);
writeFileSync(
	new URL('src/core/stable-widths.ts', project),
	`/**
 * Code points above ASCII whose width every terminal agrees on, written by scripts/stable-widths.js from
 * string-width, ${tables.join(' and ')}.
 * Each word is a range in base 36: distance from the end of the one before, \`-\` length less one; \`!\` is a
 * combining mark, \`+\` two columns wide.
 */
// biome-ignore format: a table
export const stableWidths =
${wrapped(encode(ranges(0xa0, widthOf)))}
`,
);
writeFileSync(
	new URL('test/data/terminal-widths.json', project),
	`${JSON.stringify({ 11: wholeTable(eleven), '15-graphemes': wholeTable(graphemes) }, null, '\t')}\n`,
);
