import type { HostTool } from '../core/host-tool.ts';
import { labHost } from '../lab/host-client.ts';

/** A host of the lab, where the configuration says that it is one. */
export function labHostOf(
	settings: Readonly<Record<string, unknown>> | undefined,
	name: string,
): HostTool | undefined {
	if (settings?.['kind'] !== 'lab' || typeof settings['socket'] !== 'string') return undefined;
	return labHost(settings['socket'], name);
}
