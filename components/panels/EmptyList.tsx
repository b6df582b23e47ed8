import { emptyLines } from '../../src/present/empty-lines.ts';
import { emptyReason } from '../../src/state/selectors.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';

type Properties = { readonly columns: number };

/** Why nothing shows, and the key that helps. */
export function EmptyList({ columns }: Properties) {
	const reason = emptyReason(useWhole());
	const keys = useKeysOf(reason?.command);
	if (reason === undefined) return null;
	const help = reason.help === undefined ? undefined : { keys, says: reason.help };
	return <Lines lines={emptyLines({ why: reason.why, help }, columns)} columns={columns} />;
}
