import { useContext } from 'react';
import { signsOf } from '../../src/present/ascii.ts';
import { footerLine, type Hint } from '../../src/present/footer.ts';
import type { Area } from '../../src/present/layout.ts';
import { useKeys } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { TextLine } from '../primitives/TextLine.tsx';
import { LookContext } from '../theme/look-context.ts';

type Properties = { readonly area: Area };

/** What the keys do here, and always how to leave. */
export function Footer({ area }: Properties) {
	const model = useWhole();
	const hints = useKeys().hints(model);
	// What fits is chosen by the widths that are drawn.
	const { isAscii } = useContext(LookContext);
	const drawn = isAscii ? hints.map(inAscii) : hints;
	return <TextLine line={footerLine(drawn, area.columns)} />;
}

function inAscii(hint: Hint): Hint {
	return { ...hint, keys: signsOf(hint.keys), says: signsOf(hint.says) };
}
