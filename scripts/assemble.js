import { globSync, statSync, writeFileSync } from 'node:fs';

/** What `assemble` makes of a source. */
export const madeOf = (source) => source.replace(/\.as\.ts$/, '.wasm.js');

/**
 * Makes WebAssembly of every AssemblyScript source that changed, as text in a module: what is bundled needs no file
 * beside it. Throws what the compiler says.
 */
export async function assemble(root) {
	for (const source of globSync('src/**/*.as.ts', { cwd: root })) {
		const made = `${root}dist/${madeOf(source)}`;
		if (isNewer(made, `${root}${source}`)) continue;
		const code = Buffer.from(await webAssemblyOf(source, root)).toString('base64');
		writeFileSync(made, moduleOf(code));
	}
}

function isNewer(made, source) {
	const stats = statSync(made, { throwIfNoEntry: false });
	return stats !== undefined && stats.mtimeMs > statSync(source).mtimeMs;
}

async function webAssemblyOf(source, root) {
	const { main } = await import('assemblyscript/asc');
	const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
	let code;
	const { error, stderr } = await main([source, '--baseDir', root, ...flags, '-o', 'made.wasm'], {
		writeFile(_name, contents) {
			code = contents;
		},
	});
	if (error) throw new Error(`${source} does not compile: ${stderr}`, { cause: error });
	return code;
}

function moduleOf(code) {
	return `const code = Buffer.from('${code}', 'base64');
export const instantiate = () => new WebAssembly.Instance(new WebAssembly.Module(code)).exports;
`;
}
