import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { COMMENT_LENGTH, decodeAnswers, encodeAnswers } from '../../domain/ballot.ts';
import type { Instrument } from '../../domain/instrument.ts';
import { masterOf } from './master.ts';
import { startPoprf, type Poprf } from './poprf.ts';
import { newBoxKey, seal, SEALED_LENGTHS, unseal } from './sealed-box.ts';

describe('the master secret', () => {
  const master = masterOf('one secret of at least thirty-two characters');

  test('gives back what it wrapped, for the same purpose and owner only', () => {
    const key = randomBytes(32);
    const wrapped = master.wrap('round box', 'org/round', key);
    assert.deepEqual(new Uint8Array(master.unwrap('round box', 'org/round', wrapped)), new Uint8Array(key));
    assert.throws(() => master.unwrap('ballot key', 'org/round', wrapped), /does not open/);
    assert.throws(() => master.unwrap('round box', 'org/other', wrapped), /does not open/);
    assert.throws(() => masterOf('another secret of thirty-two characters!').unwrap('round box', 'org/round', wrapped));
    assert.ok(!Buffer.from(wrapped).includes(key));
  });

  test('finds any change in what it wrapped', () => {
    const wrapped = master.wrap('ballot key', 'org', randomBytes(32));
    for (let at = 0; at < wrapped.length; at += 1) {
      const changed = Uint8Array.from(wrapped);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.throws(() => master.unwrap('ballot key', 'org', changed));
    }
  });

  test('names drafts alike for the same person and round, otherwise differently', () => {
    assert.equal(master.pseudonym('org', 'round', 'anna'), master.pseudonym('org', 'round', 'anna'));
    assert.notEqual(master.pseudonym('org', 'round', 'anna'), master.pseudonym('org', 'round', 'bert'));
    assert.notEqual(master.pseudonym('or', 'ground', 'anna'), master.pseudonym('org', 'round', 'anna'));
  });
});

describe('the sealed box', () => {
  const boxKey = newBoxKey();

  test('gives back what was put in, for the same team and key only', () => {
    const sealed = seal(boxKey, 'team', '[[1,2],"héé"]');
    assert.equal(unseal(boxKey, 'team', sealed), '[[1,2],"héé"]');
    assert.throws(() => unseal(boxKey, 'other', sealed));
    assert.throws(() => unseal(newBoxKey(), 'team', sealed));
  });

  test('has few lengths, and one for all ballots without a comment', () => {
    const lengths = new Set<number>();
    fc.assert(
      fc.property(fc.string({ maxLength: COMMENT_LENGTH, unit: 'binary' }), (comment) => {
        lengths.add(seal(boxKey, 'team', JSON.stringify([[1, 2, 3], comment])).length);
      }),
    );
    assert.ok(lengths.size <= SEALED_LENGTHS.length);
    const without = [[], [5], Array<number>(50).fill(5)].map((choices) => seal(boxKey, 't', JSON.stringify([choices, ''])));
    assert.equal(new Set(without.map((sealed) => sealed.length)).size, 1);
  });

  test('takes the longest comment in any script', () => {
    for (const character of ['a', 'é', '漢', '😀', '\u0001', '"']) {
      const comment = character.repeat(COMMENT_LENGTH / character.length);
      const text = JSON.stringify([Array<number>(200).fill(11), comment]);
      assert.equal(unseal(boxKey, 'team', seal(boxKey, 'team', text)), text);
    }
  });

  test('never seals alike twice', () => {
    assert.notDeepEqual(seal(boxKey, 'team', '[]'), seal(boxKey, 'team', '[]'));
  });
});

describe('answers as a text', () => {
  const localized = { nl: '-', en: '-' };
  const item = (key: string) => ({ key, construct: 'c', text: localized });
  const instrument: Instrument = {
    key: 'i',
    version: 1,
    title: localized,
    summary: localized,
    source: localized,
    scale: { labels: { nl: ['a', 'b', 'c', 'd', 'e'], en: ['a', 'b', 'c', 'd', 'e'] } },
    constructs: [{ key: 'c', title: localized, nextStep: localized }],
    items: ['x', 'y', 'z'].map(item),
    openQuestion: { text: localized },
  };

  test('come back as they were given, in any order', () => {
    const choices = fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.integer({ min: 1, max: 5 }));
    fc.assert(
      fc.property(choices, fc.option(fc.string({ minLength: 1 }), { nil: undefined }), (given, comment) => {
        const answers = { choices: { ...given }, ...(comment === undefined ? {} : { comment }) };
        const reversed = { ...answers, choices: Object.fromEntries(Object.entries(given).reverse()) };
        assert.equal(encodeAnswers(instrument, answers), encodeAnswers(instrument, reversed));
        assert.deepEqual(decodeAnswers(instrument, encodeAnswers(instrument, answers)), answers);
      }),
    );
  });
});

describe('the evaluation of blinded elements', () => {
  let poprf: Poprf;
  before(() => { poprf = startPoprf(); });
  after(() => poprf.close());

  // RFC 9497, appendix A.1.3 (POPRF, ristretto255-SHA512), test vector 1, batch size 1.
  const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
  const secretKey = hex('145c79c108538421ac164ecbe131942136d5570b16d8bf41a24d4337da981e07');
  const info = hex('7465737420696e666f');

  test('gives the outputs of RFC 9497', async () => {
    const evaluation = await poprf.evaluate(
      secretKey,
      info,
      hex('c8713aa89241d6989ac142f22dba30596db635c772cbf25021fdd8f3d461f715'),
    );
    assert.ok(evaluation);
    assert.equal(
      Buffer.from(evaluation.evaluated).toString('hex'),
      '1a4b860d808ff19624731e67b5eff20ceb2df3c3c03b906f5693e2078450d874',
    );
    assert.equal(
      Buffer.from(await poprf.output(secretKey, info, hex('00'))).toString('hex'),
      'ca688351e88afb1d841fde4401c79efebb2eb75e7998fa9737bd5a82a152406d38bd29f680504e54fd4587eddcf2f37a2617ac2fbd2993f7bdf45442ace7d221',
    );
  });

  test('does not hold up the thread that serves requests', async () => {
    let turns = 0;
    let done = false;
    const turn = () => {
      turns += 1;
      if (!done) setImmediate(turn);
    };
    setImmediate(turn);
    // On this thread, twenty evaluations would be over before the loop turned once.
    await Promise.all(Array.from({ length: 20 }, () => poprf.output(secretKey, info, randomBytes(32))));
    done = true;
    assert.ok(turns > 0);
  });

  test('refuses what is no element of the group', async () => {
    assert.equal(await poprf.evaluate(secretKey, info, new Uint8Array(32).fill(0xff)), undefined);
    assert.equal(await poprf.evaluate(secretKey, info, new Uint8Array(32)), undefined, 'the identity');
  });
});
