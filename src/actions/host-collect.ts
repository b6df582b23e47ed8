import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { type Action, type Progress, Refusal } from '../core/action.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { HostTool } from '../core/host-tool.ts';
import type { Deed, Plan } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { type Evidence, makeEvidenceFolder, sealText, takeEvidence } from './evidence-folder.ts';
import { type EvidenceKind, evidenceKinds } from './evidence-items.ts';
import { evidenceUpload, type Kept, type Upload, uploadFile } from './evidence-upload.ts';
import { hostName, hostOf, hostTarget, parseParams } from './host-params.ts';
import { hostSettings } from './host-settings.ts';

const kind = 'host.collect';

const schema = z.strictObject({
	host: hostName,
	/** Also to where `host.collect.upload` says. */
	upload: z.boolean().default(false),
});
type Params = z.infer<typeof schema>;

/** Where the evidence of one run goes. */
type Place = { readonly host: HostTool; readonly name: string; readonly path: string };

/** Collects evidence of these kinds from a host, into a folder of this machine. */
export function collectOf(kinds: readonly EvidenceKind[]): Action<Params> {
	return {
		kind,
		version: 1,
		title: 'Collect evidence',
		tier: 0,
		tierFor: ({ upload }) => (upload ? 1 : 0),
		letter: 'v',
		example: 'host: web12\nupload: true\n',
		parse: (raw) => parseParams(kind, schema, raw),
		target: (text) => ({ ...hostTarget(kind, text), upload: false }),
		fits(facts) {
			const host = hostOf(facts);
			return host && { ...host, upload: false };
		},
		plan: (params, tools) => planned(kinds, params, tools),
		async precheck(plan, tools) {
			const host = await tools.host(paramsOf(plan).host);
			const isSame = plan.targets[0]?.pins['boot'] === (await host.bootId());
			return isSame ? undefined : `target changed: ${host.name} was started anew`;
		},
		run: (plan, tools, stop) => run(kinds, plan, tools, stop),
	};
}

/** Collects what is worth keeping of a host that may be taken over. */
export const hostCollect = collectOf(evidenceKinds);

function paramsOf({ params }: Plan): Params {
	return parseParams(kind, schema, params);
}

function folderOf({ settings }: Tools): string {
	const { XDG_STATE_HOME = join(homedir(), '.local/state') } = process.env;
	return hostSettings(settings).collect.folder ?? join(XDG_STATE_HOME, 'eventctl/evidence');
}

async function planned(
	kinds: readonly EvidenceKind[],
	params: Params,
	tools: Tools,
): Promise<Deed> {
	const host = await tools.host(params.host);
	const upload = uploadFor(params, tools);
	const steps = kinds.map(({ says, items }) => ({
		says,
		command: items.map(({ argv }) => argv.join(' ')).join('; '),
	}));
	const name = folderName(host, tools);
	const seal = { says: 'write the manifest and its hash', command: 'sha256sum manifest.json' };
	const address = upload?.urlOf(name, '');
	return {
		params,
		targets: [{ name: host.name, pins: { boot: await host.bootId() } }],
		steps: [
			...steps,
			seal,
			...(address ? [{ says: 'upload, read back, compare', command: `curl -T … ${address}` }] : []),
		],
		blast: [
			`${host.name} is only looked at; what is found goes to ${join(folderOf(tools), name)}`,
			...(address ? [`and to ${address}`] : []),
		],
		undo: { none: 'what was collected stays: remove the folder' },
		...(address ? { tier: 1 } : {}),
	};
}

function uploadFor({ upload }: Params, tools: Tools) {
	if (!upload) return undefined;
	const settings = hostSettings(tools.settings).collect.upload;
	if (settings) return evidenceUpload(settings, tools);
	throw new Refusal('nothing says where to upload: name host.collect.upload');
}

function folderName(host: HostTool, { run }: Tools): string {
	return `${run}-${host.name}`;
}

async function* run(
	kinds: readonly EvidenceKind[],
	plan: Plan,
	tools: Tools,
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	const params = paramsOf(plan);
	const host = await tools.host(params.host);
	const upload = uploadFor(params, tools);
	const place = {
		host,
		...(await makeEvidenceFolder(folderOf(tools), folderName(host, tools))),
	};
	const taken = yield* take(kinds, place, tools, stop);
	const manifest = yield* seal(kinds.length, taken, place, tools);
	if (stop.aborted) throw new Failure('failed', `stopped: what there is lies in ${place.path}`);
	const files = [...taken.filter(({ sha256 }) => sha256 !== ''), ...manifest];
	if (upload) yield* send(kinds.length + 1, upload, files, place, tools, stop);
}

async function* take(
	kinds: readonly EvidenceKind[],
	{ host, path }: Place,
	{ clock }: Tools,
	stop: AbortSignal,
): AsyncGenerator<Progress, readonly Evidence[]> {
	const taken: Evidence[] = [];
	for (const [step, { items }] of kinds.entries()) {
		if (stop.aborted) break;
		yield { kind: 'step', step, state: 'started' };
		const found: Evidence[] = [];
		for (const item of items)
			found.push(await takeEvidence(item, { host, folder: path, clock }, stop));
		taken.push(...found);
		yield { kind: 'step', step, state: 'done', says: summed(found) };
	}
	return taken;
}

function summed(found: readonly Evidence[]): string {
	const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
	const missing = found.filter((one) => one.missing !== undefined || one.exitCode !== 0);
	const names = missing.map(({ file }) => file).join(', ');
	const whole = `${found.length} files, ${bytes} bytes`;
	return names === '' ? whole : `${whole}; not whole: ${names}`;
}

/** Writes the manifest, which holds each file's hash, and the manifest's own. */
async function* seal(
	step: number,
	files: readonly Evidence[],
	{ host, path }: Place,
	{ run, operator, clock }: Tools,
): AsyncGenerator<Progress, readonly Kept[]> {
	yield { kind: 'step', step, state: 'started' };
	const at = new Date(clock.now()).toISOString();
	const evidence = { run, operator, host: host.name, bootId: await host.bootId(), at, files };
	const text = `${JSON.stringify({ apiVersion: 'eventctl/v1', evidence }, undefined, '\t')}\n`;
	const sha256 = await sealText(join(path, 'manifest.json'), text);
	const own = await sealText(join(path, 'manifest.sha256'), `${sha256}  manifest.json\n`);
	yield { kind: 'step', step, state: 'done', says: `sha256 ${sha256}` };
	yield { kind: 'note', says: `evidence in ${path}, manifest sha256 ${sha256}` };
	return [
		{ file: 'manifest.json', sha256 },
		{ file: 'manifest.sha256', sha256: own },
	];
}

/** A file that does not get there keeps no other from it. */
async function* send(
	step: number,
	upload: Upload,
	files: readonly Kept[],
	{ name, path }: Place,
	tools: Tools,
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	yield { kind: 'step', step, state: 'started' };
	const wrong: string[] = [];
	for (const file of files) {
		await uploadFile(upload, { path, name }, file, tools, stop).catch((thrown: unknown) =>
			wrong.push(reasonOf(thrown)),
		);
	}
	if (wrong.length > 0) {
		const count = `${wrong.length} of ${files.length} files`;
		throw new Failure('failed', `${count} are not uploaded (${wrong[0]}): they lie in ${path}`);
	}
	yield { kind: 'step', step, state: 'done', says: `${files.length} files, each read back` };
}
