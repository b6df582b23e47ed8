import { footerLine } from '../../src/present/footer.ts';
import type { Area } from '../../src/present/layout.ts';
import { useKeys } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { TextLine } from '../primitives/TextLine.tsx';

type Properties = { readonly area: Area };

/** What the keys do here, and always how to leave. */
export function Footer({ area }: Properties) {
	const model = useWhole();
	return <TextLine line={footerLine(useKeys().hints(model), area.columns)} />;
}
