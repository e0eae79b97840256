import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENDORSEMENTS, ENTRY_KINDS } from '../../domain/learning-log.ts';
import { DEMO } from '../organisation.ts';
import { momentsOf } from './calendar.ts';
import { DEMO_ENTRIES } from './entries.ts';
import type { DemoAct } from './entry.ts';

const DAY = 86_400_000;

/** Everything that people of the demo wrote in the log. */
function textsIn(): string[] {
  return DEMO_ENTRIES.flatMap(({ text, different = '', then = [] }) => [text, different, ...then.flatMap(wordsOf)]);
}

function wordsOf(act: DemoAct): readonly string[] {
  if ('text' in act) return [act.text];
  if (act.act === 'review') return act.parts;
  if (act.act === 'answer') return act.outcome === undefined ? [] : [act.outcome];
  return act.act === 'ask' && act.question !== undefined ? [act.question] : [];
}

test('on whatever day the demo is made, all of its log was written on working days before it, in its order', () => {
  for (let day = 0; day < 366; day += 1) {
    const now = new Date(Date.UTC(2028, 0, 1 + day, 6, 30));
    for (const entry of DEMO_ENTRIES) {
      const { written, acts } = momentsOf(entry, now);
      const all = [written, ...acts];
      for (const [index, moment] of all.entries()) {
        const what = `${entry.by}, ${now.toISOString()}: ${moment.toISOString()}`;
        assert.ok(moment < now, what);
        assert.ok(now.getTime() - moment.getTime() < 367 * DAY, what);
        assert.ok(![0, 6].includes(moment.getUTCDay()), what);
        assert.ok(index === 0 || moment > (all[index - 1] ?? now), what);
      }
    }
  }
});

test('its people are the demo’s, and nobody endorses or tries what is their own', () => {
  const known = new Set(DEMO.people.map(({ id }) => id));
  for (const { by, then = [], for: whom, text } of DEMO_ENTRIES) {
    assert.ok(known.has(by), by);
    const named = typeof whom === 'object' ? whom : [];
    const doers = then.flatMap((act) => ('by' in act && act.by !== undefined ? [act.by] : act.act === 'ask' ? act.of : []));
    for (const person of [...named, ...doers]) assert.ok(known.has(person), person);
    for (const act of then) if (act.act === 'endorse' || act.act === 'try') assert.notEqual(act.by, by, text);
    if (whom === undefined) assert.ok(doers.length === 0, `nobody else knows of: ${text}`);
  }
});

test('it has every kind of entry and every word, and links to nowhere', () => {
  assert.deepEqual(new Set(DEMO_ENTRIES.map(({ kind }) => kind)), new Set(ENTRY_KINDS));
  const words = DEMO_ENTRIES.flatMap(({ then = [] }) => then.flatMap((act) => (act.act === 'endorse' ? [act.word] : [])));
  assert.deepEqual(new Set(words), new Set(ENDORSEMENTS));
  const projects = new Set(DEMO_ENTRIES.flatMap(({ project = [] }) => project));
  assert.ok(projects.size === 5, [...projects].join(', '));
  const links = DEMO_ENTRIES.flatMap(({ link = [] }) => link);
  assert.ok(links.length >= 5);
  for (const link of links) assert.match(new URL(link).hostname, /(^|\.)example\.org$/);
  for (const text of textsIn()) assert.doesNotMatch(text, /https?:|www\./, text);
  assert.equal(new Set(DEMO_ENTRIES.map(({ text }) => text)).size, DEMO_ENTRIES.length);
});
