import { called } from './alerts.ts';
import { gazeKey, nextCard } from './card.ts';
import { completionsAt, tagPrefixAt } from './complete.ts';
import { isDetailOpen, promptOf, topOverlay } from './contexts.ts';
import { ended } from './ended.ts';
import { filterMistake } from './filter-text.ts';
import type { Model } from './model.ts';
import type { Prompt } from './prompt-state.ts';
import { isViewName } from './saved-view.ts';
import { silenceMistake, viewFilter } from './silence.ts';
import { audited } from './slices/audit.ts';
import { barred } from './slices/bars.ts';
import { voided } from './slices/consent.ts';
import { begun } from './slices/deeds.ts';
import { surveyed } from './slices/tags.ts';
import { fieldInFocus, withPrompt } from './slices/typing.ts';

/** What follows within the model from what just changed in it, whoever changed it. */
export function consequences(before: Model, after: Model): Model {
	if (before === after) return after;
	const heard = called(before, detailed(before, tagged(before, judged(before, after))));
	const looked = surveyed(before, audited(before, ended(before, heard)));
	return stood(barred(before, renumbered(before, carded(voided(begun(looked))))));
}

/** Under the live list stands the card of what the hand is on. */
function carded(after: Model): Model {
	const card = after.screen === 'live' ? nextCard(after) : after.approvals.card;
	if (card === after.approvals.card) return after;
	const { card: _, ...rest } = after.approvals;
	return { ...after, approvals: { ...rest, ...(card !== undefined && { card }) } };
}

/** What moved under the eye is not yet what the eye saw. */
function stood(after: Model): Model {
	if (!after.gaze || after.gaze.key === gazeKey(after)) return after;
	const { gaze: _, ...rest } = after;
	return rest;
}

/** Another filter is another view: windows of the old one are not shown any more. */
function renumbered(before: Model, after: Model): Model {
	const isSame = before.filter === after.filter && before.marks === after.marks;
	if (isSame || viewFilter(before) === viewFilter(after)) return after;
	return { ...after, list: { ...after.list, view: after.list.view + 1, pending: 0 } };
}

/** Open details show the event the cursor went to. */
function detailed(before: Model, after: Model): Model {
	const { selection } = after.list;
	if (!isDetailOpen(after) || selection === 'tail' || selection === before.list.selection) {
		return after;
	}
	return { ...after, detail: { ...after.detail, seq: selection } };
}

/** A prompt whose text changed says what is wrong with it, previews it and offers how it may go on. */
function judged(before: Model, after: Model): Model {
	const prompt = promptOf(after);
	if (!prompt || fieldInFocus(before) === prompt.field) return after;
	const error = mistakeIn(prompt, after.now);
	const { error: _, ...rest } = prompt;
	const completions = completionsAt(after, prompt);
	const next = withPrompt(after, () => ({ ...rest, completions, ...(error && { error }) }));
	if (prompt.kind !== 'filter' || error) return next;
	return { ...next, filter: { ...next.filter, preview: prompt.field.text.trim() } };
}

function mistakeIn(prompt: Prompt, now: number): Prompt['error'] {
	const { text } = prompt.field;
	if (prompt.kind === 'filter' || prompt.kind === 'find') return filterMistake(text, now);
	if (prompt.kind === 'view') return viewMistake(text);
	if (prompt.kind === 'silence') return silenceMistake(text, now);
	if (prompt.kind !== 'time') return undefined;
	return text.trim() === ''
		? undefined
		: filterMistake(`since:${text.trim()}`, now, 'since:'.length);
}

function viewMistake(text: string): Prompt['error'] {
	const isGood = text.trim() === '' || isViewName(text.trim());
	return isGood ? undefined : { text: 'a name takes letters, digits, blanks, . _ and -' };
}

/** Completing a tag needs the tags the engine has seen. */
function tagged(before: Model, after: Model): Model {
	const prefix = tagPrefixAt(after);
	if (prefix === undefined || prefix === tagPrefixAt(before)) return after;
	const id = after.requests + 1;
	const { source } = after.fire;
	const isFire = topOverlay(after)?.kind === 'fire';
	const query = { id, prefix, ...(isFire && source !== undefined && { source }) };
	return { ...after, requests: id, tagQuery: query };
}
