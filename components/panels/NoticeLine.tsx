import type { Area } from '../../src/present/layout.ts';
import { noticeLine } from '../../src/present/notice-line.ts';
import { noticeInForce } from '../../src/state/selectors.ts';
import { useModel } from '../hooks/useModel.ts';
import { TextLine } from '../primitives/TextLine.tsx';

type Properties = { readonly area: Area; readonly caption: string };

/** What just happened; in the lab, between notices, what one could try. */
export function NoticeLine({ area, caption }: Properties) {
	const notice = useModel(noticeInForce);
	return <TextLine line={noticeLine(notice, caption, area.columns)} />;
}
