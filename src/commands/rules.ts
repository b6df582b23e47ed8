import { rowAtCursor } from '../state/slices/list.ts';
import { ruleHere } from '../state/slices/rules.ts';
import { command, onRow } from './command.ts';

export const why = onRow({
	id: 'rules.why',
	title: 'Why each rule did or did not fire',
	run: ({ seq }) => [{ type: 'explanation.wanted', seq }],
});

export const whyThis = command({
	id: 'rule.why',
	title: 'Why it did or did not fire for the event in Live',
	hint: 'why',
	contexts: ['rules'],
	blocked: (model) => {
		if (!ruleHere(model)) return 'no rule is here';
		return rowAtCursor(model.list) ? undefined : 'the live list holds no event';
	},
	run: (model) => {
		const row = rowAtCursor(model.list);
		const rule = ruleHere(model)?.id;
		if (!row || rule === undefined) return [];
		return [{ type: 'explanation.wanted', seq: row.seq, rule }];
	},
});

export const backtest = command({
	id: 'rule.backtest',
	title: 'What it would have suggested of the buffer',
	hint: 'dry run over the buffer',
	contexts: ['rules'],
	blocked: (model) => {
		const rule = ruleHere(model);
		if (!rule) return 'no rule is here';
		return rule.state === 'broken' ? (rule.reason ?? 'it cannot be read') : undefined;
	},
	run: (model) => {
		const rule = ruleHere(model)?.id;
		return rule === undefined ? [] : [{ type: 'backtest.started', rule }];
	},
});
