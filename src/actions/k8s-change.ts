import { Doubt, Refusal } from '../core/action.ts';
import { reasonOf } from '../core/errors.ts';
import { type JsonPatch, KubeError, type KubeObject, type KubeTool } from '../core/kube-tool.ts';
import type { DryRun } from '../core/plan.ts';

const tries = 3;

export type Change = {
	readonly path: string;
	/** `pod payments/pay-7d9f`, for sentences. */
	readonly name: string;
	readonly uid: string;
	/** The patch for what stands there now, undefined where nothing has to change; throws a Refusal where the plan no longer holds. */
	patch(object: KubeObject): JsonPatch | undefined;
};

/**
 * Changes the very object that was pinned: read, patched with tests on its uid and the version that was read, read
 * again where somebody else was faster. The object afterwards, and whether it had to change. Throws a Refusal
 * `target changed` where it is another one or gone.
 */
export async function change(
	kube: KubeTool,
	wanted: Change,
	stop: AbortSignal,
): Promise<{ readonly object: KubeObject; readonly isNew: boolean }> {
	for (let left = tries; left > 0; left--) {
		const object = await pinned(kube, wanted, stop);
		const patch = wanted.patch(object);
		if (!patch) return { object, isNew: false };
		try {
			await kube.patch(wanted.path, tested(object, patch), {}, stop);
		} catch (thrown) {
			if (thrown instanceof Doubt)
				return { object: await seen(kube, wanted, thrown, stop), isNew: true };
			if (!(await wasOvertaken(kube, wanted, object, thrown, stop))) throw thrown;
			continue;
		}
		return { object: await readBack(kube, wanted, stop), isNew: true };
	}
	throw new Refusal(`target changed: ${wanted.name} changes faster than it can be read`);
}

/** Creates an object under a name of our own, so that after a lost answer it can be told whether it was made. */
export async function createOwn(
	kube: KubeTool,
	path: string,
	body: { readonly metadata: { readonly name: string } },
	stop: AbortSignal,
): Promise<KubeObject> {
	try {
		return await kube.create(path, body, {}, stop);
	} catch (thrown) {
		if (!(thrown instanceof Doubt)) throw thrown;
		const made = await kube.get(`${path}/${encodeURIComponent(body.metadata.name)}`, stop);
		if (made) return made;
		throw thrown;
	}
}

/** Deletes that very object and says whether it was there; another of its name is left as it is. */
export async function deletePinned(
	kube: KubeTool,
	path: string,
	uid: string,
	stop: AbortSignal,
): Promise<boolean> {
	try {
		await kube.delete(path, { preconditions: { uid } }, {}, stop);
		return true;
	} catch (thrown) {
		if (!(thrown instanceof KubeError) || ![404, 409].includes(thrown.status)) throw thrown;
		return false;
	}
}

/** The patch with the tests that bind it to this object as it was read. */
export function tested({ metadata }: KubeObject, patch: JsonPatch): JsonPatch {
	const { uid, resourceVersion } = metadata;
	return [
		{ op: 'test', path: '/metadata/uid', value: uid },
		{ op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
		...patch,
	];
}

/** One key's place in a patch. */
export function pointer(...keys: readonly string[]): string {
	return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Lets the server try, without a trace; `lines` is what would change. */
export async function rehearse(
	lines: readonly string[],
	attempt: () => Promise<unknown>,
): Promise<DryRun> {
	try {
		await attempt();
		return { isGood: true, says: 'the server would take it', lines };
	} catch (thrown) {
		if (!(thrown instanceof KubeError)) throw thrown;
		return { isGood: false, says: `the server would refuse it: ${thrown.message}`, lines };
	}
}

async function pinned(kube: KubeTool, { path, name, uid }: Change, stop: AbortSignal) {
	const object = await kube.get(path, stop);
	if (!object) throw new Refusal(`target changed: ${name} is gone`);
	if (object.metadata.uid === uid) return object;
	throw new Refusal(`target changed: ${name} is now ${object.metadata.uid}, not ${uid}`);
}

/** What the server said it did is there: only then it counts as done. */
async function readBack(kube: KubeTool, wanted: Change, stop: AbortSignal): Promise<KubeObject> {
	const object = await kube.get(wanted.path, stop);
	if (object?.metadata.uid === wanted.uid && isDone(object, wanted)) return object;
	throw new Error(
		`read back, ${wanted.name} is not as it was made: somebody else changed it at once`,
	);
}

function isDone(object: KubeObject, { patch }: Change): boolean {
	try {
		return patch(object) === undefined;
	} catch (thrown) {
		if (thrown instanceof Refusal) return false;
		throw thrown;
	}
}

/** A test that failed on an object nobody touched is no race, but the server's word against the patch. */
async function wasOvertaken(
	kube: KubeTool,
	wanted: Change,
	{ metadata }: KubeObject,
	thrown: unknown,
	stop: AbortSignal,
): Promise<boolean> {
	if (!(thrown instanceof KubeError) || ![404, 409, 422].includes(thrown.status)) return false;
	const now = await pinned(kube, wanted, stop);
	return now.metadata.resourceVersion !== metadata.resourceVersion;
}

/** The answer was lost: what stands there now says whether the deed was done. */
async function seen(
	kube: KubeTool,
	wanted: Change,
	doubt: Doubt,
	stop: AbortSignal,
): Promise<KubeObject> {
	try {
		const object = await pinned(kube, wanted, stop);
		if (!wanted.patch(object)) return object;
	} catch (thrown) {
		throw new Doubt(`${doubt.message}; and ${reasonOf(thrown)}`, { cause: doubt });
	}
	throw doubt;
}
