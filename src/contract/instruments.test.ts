import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { points } from '../domain/instrument.ts';
import { INSTRUMENTS } from '../domain/instruments.ts';
import { LANGUAGES } from '../domain/language.ts';
import { instrumentSchema } from './instruments.ts';

describe('the instruments that come with the product', () => {
  for (const instrument of INSTRUMENTS) {
    it(`${instrument.key}: is a valid document, with nothing lost in reading it`, () => {
      assert.deepEqual(v.parse(instrumentSchema, instrument), instrument);
    });

    it(`${instrument.key}: says in both languages that it is no validated scale`, () => {
      assert.match(instrument.source.nl, /geen gevalideerde/);
      assert.match(instrument.source.en, /not a validated/);
    });

    it(`${instrument.key}: has every text in every language, none of them the same`, () => {
      const texts = [
        instrument.title,
        instrument.summary,
        ...instrument.items.map(({ text }) => text),
        ...instrument.constructs.flatMap(({ title, nextStep }) => [title, nextStep]),
      ];
      for (const text of texts) assert.equal(new Set(Object.values(text)).size, LANGUAGES.length, text.nl);
    });
  }

  it('have a key each', () => {
    assert.equal(new Set(INSTRUMENTS.map(({ key }) => key)).size, INSTRUMENTS.length);
  });

  it('the learning pulse: five items of five points, one for each practice', () => {
    const pulse = INSTRUMENTS.find(({ key }) => key === 'learning-pulse');
    assert.ok(pulse);
    assert.equal(points(pulse), 5);
    assert.deepEqual(
      pulse.items.map(({ construct }) => construct),
      ['vision', 'safety', 'sharing', 'visible-learning', 'routine'],
    );
    assert.ok(pulse.openQuestion);
  });
});

/** A small valid document, of which each test breaks one thing. */
function document() {
  const text = { nl: 'tekst', en: 'text' };
  return {
    key: 'own-scale',
    version: 1,
    title: text,
    summary: text,
    source: text,
    scale: { labels: { nl: ['nee', 'ja'], en: ['no', 'yes'] } },
    constructs: [
      { key: 'trust', title: text, about: 'leader', retest: 0.8, nextStep: text },
      { key: 'room', title: text, nextStep: text },
    ],
    items: [
      { key: 'trust-1', construct: 'trust', text },
      { key: 'room-1', construct: 'room', text, reversed: true },
    ],
    openQuestion: { text },
  };
}

/** Puts a value at a path, or takes away what is there. */
function broken(path: string, value?: unknown): unknown {
  const whole: unknown = structuredClone(document());
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const place = keys.reduce((at, key) => (at as Record<string, unknown>)[key], whole) as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(place, last);
  else place[last] = value;
  return whole;
}

function errors(input: unknown): string[] {
  const result = v.safeParse(instrumentSchema, input);
  return result.success ? [] : result.issues.map((issue) => v.getDotPath(issue) ?? '');
}

describe("an organisation's own instrument", () => {
  it('is accepted with parts about the leader, reversed items and another number of points', () => {
    assert.deepEqual(errors(document()), []);
    for (const count of [2, 11]) {
      const labels = Array.from({ length: count }, (_, index) => `label ${index}`);
      assert.deepEqual(errors(broken('scale.labels', { nl: labels, en: labels })), []);
    }
  });

  const twelve = Array.from({ length: 12 }, (_, index) => `label ${index}`);
  const cases: readonly (readonly [what: string, input: unknown, path: string])[] = [
    ['no key', broken('key'), 'key'],
    ['a key with capitals', broken('key', 'Own Scale'), 'key'],
    ['a version that is no whole number', broken('version', 1.5), 'version'],
    ['a title in one language', broken('title.nl'), 'title.nl'],
    ['a language we do not have', broken('title.fr', 'texte'), 'title.fr'],
    ['a text that is empty', broken('items.1.text.en', '  '), 'items.1.text.en'],
    ['a text that is too long', broken('source.nl', 'x'.repeat(1001)), 'source.nl'],
    ['a field we do not know', broken('items.0.weight', 2), 'items.0.weight'],
    ['one point', broken('scale.labels.nl', ['ja']), 'scale.labels.nl'],
    ['twelve points', broken('scale.labels.en', twelve), 'scale.labels.en'],
    ['more labels in one language', broken('scale.labels.nl', ['nee', 'misschien', 'ja']), 'scale.labels'],
    ['no constructs', broken('constructs', []), 'constructs'],
    ['a construct about somebody else', broken('constructs.0.about', 'colleague'), 'constructs.0.about'],
    ['a reliability above 1', broken('constructs.0.retest', 1.2), 'constructs.0.retest'],
    ['a construct without a next step', broken('constructs.1.nextStep'), 'constructs.1.nextStep'],
    ['an item of no construct', broken('items.1.construct', 'rest'), 'items.1.construct'],
    ['a construct without items', broken('items.1.construct', 'trust'), 'constructs.1.key'],
    ['an item that appears twice', broken('items.1.key', 'trust-1'), 'items.1.key'],
    ['reversed as a word', broken('items.1.reversed', 'yes'), 'items.1.reversed'],
    ['an open question without a text', broken('openQuestion', {}), 'openQuestion.text'],
  ];
  for (const [what, input, path] of cases) {
    it(`is refused for ${what}, with the place in the document`, () => {
      const found = errors(input);
      assert.ok(found.includes(path), `${path} is not in: ${found.join(', ')}`);
    });
  }

  it('has every error told at once', () => {
    const whole = document();
    whole.key = 'Not This';
    whole.version = 0;
    assert.deepEqual(errors(whole), ['key', 'version']);
  });

  it('is refused when a construct appears twice, at the second one', () => {
    const whole = document();
    whole.constructs.push({ ...document().constructs[1], key: 'room' } as (typeof whole.constructs)[number]);
    assert.deepEqual(errors(whole), ['constructs.2.key']);
  });

  for (const nonsense of [null, 7, 'text', [], {}]) {
    it(`is refused when the document is ${JSON.stringify(nonsense)}`, () => {
      assert.ok(!v.safeParse(instrumentSchema, nonsense).success);
    });
  }
});
