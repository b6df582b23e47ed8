import { safeText } from '../../core/safe-text.ts';
import { stageSays } from '../../core/stage-says.ts';
import { subjectOf } from '../../present/card/words.ts';
import type { Model } from '../../state/model.ts';
import { runList } from '../../state/slices/runs.ts';

const most = 2;

/** What stays on the plain terminal when the screen is left: what this operator ran since it opened, and how to look again. */
export function lastLines(model: Model): readonly string[] {
	const { you } = model.approvals;
	const mine = runList(model).filter(({ stage }) => {
		const isOurs = 'startedAt' in stage && (stage.startedAt ?? 0) >= model.startedAt;
		return isOurs && stage.by.some(({ id }) => id === you?.id);
	});
	if (mine.length === 0) return [];
	const shown = mine.slice(0, most).map((run) => {
		return safeText(`${run.plan.run} (${run.id}) ${subjectOf(run.plan)}: ${stageSays(run)}`);
	});
	const more = mine.length > most ? `${mine.length - most} more; ` : '';
	return [...shown, `${more}look again: eventctl runs list, eventctl audit`];
}
