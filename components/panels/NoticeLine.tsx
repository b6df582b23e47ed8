import type { Area } from '../../src/present/layout.ts';
import { noticeLine } from '../../src/present/notice-line.ts';
import { noticeInForce } from '../../src/state/selectors.ts';
import { useKeys } from '../hooks/useKeys.ts';
import { useModel } from '../hooks/useModel.ts';
import { TextLine } from '../primitives/TextLine.tsx';

type Properties = { readonly area: Area; readonly caption: string };

/** What just happened; between notices why nothing runs, or in the lab what one could try. */
export function NoticeLine({ area, caption }: Properties) {
	const keys = useKeys();
	const notice = useModel(noticeInForce);
	const banner = useModel((model) => model.approvals.banner);
	const offer = notice?.offer && `${keys.of(notice.offer.command)} ${notice.offer.says}`;
	const told = notice && { ...notice, text: offer ? `${notice.text} · ${offer}` : notice.text };
	const standing = banner === undefined ? undefined : ({ tone: 'bad', text: banner } as const);
	return <TextLine line={noticeLine(told ?? standing, caption, area.columns)} />;
}
