import type { Approval } from './approval.ts';

/** What became of an approval, said of its id: `was approved by ivan`, `expired`, `ran: ok`. */
export function stageSays({ stage }: Approval): string {
	switch (stage.kind) {
		case 'proposed':
			return 'waits for a yes';
		case 'approved':
		case 'claimed':
			return `was approved by ${names(stage.by)}`;
		case 'running':
			return `runs, approved by ${names(stage.by)}`;
		case 'rejected':
			return `was rejected by ${stage.by.name}: ${stage.reason}`;
		case 'superseded':
			return `was superseded: ${stage.because}`;
		case 'settled':
			return `was settled by ${stage.by.name}: ${stage.note}`;
		case 'expired':
			return 'expired';
		case 'ok':
		case 'failed':
		case 'refused':
		case 'unknown':
			return `ended ${stage.kind}${stage.reason === undefined ? '' : `: ${stage.reason}`}`;
	}
}

function names(by: readonly { readonly name: string }[]): string {
	return by.map(({ name }) => name).join(' and ') || 'nobody';
}
