import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Engine } from '../../src/engine/engine.ts';
import { Feed } from '../../src/engine/feed.ts';
import type { SourceSetup } from '../../src/engine/source.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import { Matcher } from '../../src/log/matcher.ts';
import { aConnector } from '../support/a-connector.ts';
import { anEngine } from '../support/an-engine.ts';

/** A source that lives until it is closed, and notes both. */
function aSource(name: string, notes: string[]): SourceSetup {
	const connector = aConnector('noting', {
		formats: ['letters'],
		async open(settings, sink, stop) {
			notes.push(`open ${name} ${settings}`);
			sink.event(Buffer.from(`${settings}`), Buffer.from('w'));
			await new Promise((resolve) => stop.addEventListener('abort', resolve));
			notes.push(`close ${name} ${settings}`);
		},
	});
	return { name, connector, settings: 1, target: '' };
}

/** The tag of each event and the cause of each gap. */
function rowsOf({ log, decoder }: Engine): readonly string[] {
	const { criterion, forGaps } = compileFilter('', 0);
	const feed = new Feed(log, new Matcher(log, criterion, forGaps, decoder.decode));
	return feed.take(100).map(({ slab, row }) => decoder.tag(slab, row));
}

test('sources come and go while the engine runs, and their rows stay', async () => {
	const { engine } = anEngine();
	const notes: string[] = [];
	const names = () => engine.counts().sources.map(({ name }) => name);
	engine.openSource(aSource('late', notes));
	assert.deepEqual(names(), ['bus', 'late']);
	await engine.reopenSource({ ...aSource('late', notes), settings: 2 });
	await engine.closeSource('late');
	assert.deepEqual(names(), ['bus']);
	assert.deepEqual(notes, ['open late 1', 'close late 1', 'open late 2', 'close late 2']);
	assert.deepEqual(rowsOf(engine), ['1', 'its settings were changed', '2']);
	await engine.stop();
});
