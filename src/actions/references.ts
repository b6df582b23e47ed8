import * as z from 'zod';
import { isReference, Secret } from '../core/secret.ts';
import type { Tools } from '../core/tools.ts';

/** A setting that only points to its secret. */
export const reference = z
	.string()
	.refine(isReference, 'a secret is a reference: file:PATH, env:NAME or cmd:PROGRAM ARGUMENT');

/** What a setting holds that may be a reference or the thing itself. */
export async function revealable(text: string, tools: Pick<Tools, 'secret'>): Promise<Secret> {
	return isReference(text) ? await tools.secret(text) : new Secret(text);
}
