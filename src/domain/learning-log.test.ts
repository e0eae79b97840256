import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  EVALUATION_THRESHOLD,
  evaluationShown,
  firstStateOf,
  HELP_KINDS,
  HELP_STATES,
  isUnderWay,
  PARTICIPANT_STATES,
  partsOf,
  POST_STEPS,
  stateAfter,
  stepsOpen,
  type HelpState,
  type ParticipantState,
} from './learning-log.ts';

const AUTHOR = { author: true, participant: undefined } as const;
const STRANGER = { author: false, participant: undefined } as const;
const participant = (state: ParticipantState) => ({ author: false, participant: state }) as const;

describe('a request for help', () => {
  it('goes on until it ended, was declined or was withdrawn', () => {
    assert.deepEqual(HELP_STATES.filter(isUnderWay), ['asked', 'facts', 'would-do', 'answered']);
  });

  it('begins with waiting for answers, or with the facts', () => {
    assert.equal(firstStateOf('peer-review'), 'asked');
    assert.equal(firstStateOf('intervision'), 'facts');
  });

  it('takes nothing from anybody once it is over', () => {
    for (const state of HELP_STATES.filter((one) => !isUnderWay(one))) {
      for (const kind of HELP_KINDS) {
        assert.deepEqual(stepsOpen(kind, state, AUTHOR), []);
        for (const own of PARTICIPANT_STATES) {
          assert.deepEqual(stepsOpen(kind, state, participant(own)), []);
          assert.equal(stateAfter(kind, state, [own]), state);
        }
      }
    }
  });

  it('takes nothing from who was not asked or declined', () => {
    for (const kind of HELP_KINDS) {
      for (const state of HELP_STATES) {
        assert.deepEqual(stepsOpen(kind, state, STRANGER), []);
        assert.deepEqual(stepsOpen(kind, state, participant('declined')), []);
      }
    }
  });

  it('never takes a reply as one of its steps, nor more than one step at a time', () => {
    for (const kind of HELP_KINDS) {
      for (const state of HELP_STATES) {
        for (const who of [AUTHOR, STRANGER, ...PARTICIPANT_STATES.map(participant)]) {
          const steps = stepsOpen(kind, state, who);
          assert.ok(steps.length <= 1 && !steps.includes('reply'));
        }
      }
    }
  });

  it('can be declined by all who were asked, in whatever way it was asked', () => {
    assert.equal(stateAfter('peer-review', 'asked', ['declined']), 'declined');
    assert.equal(stateAfter('intervision', 'would-do', ['declined', 'declined']), 'declined');
    assert.equal(stateAfter('intervision', 'facts', ['declined', 'asked']), 'facts');
    // Nobody is left who was asked: that is no answer.
    assert.equal(stateAfter('intervision', 'facts', []), 'facts');
  });
});

describe('a peer review', () => {
  it('is answered once, in three parts, by who was asked', () => {
    assert.deepEqual(stepsOpen('peer-review', 'asked', participant('asked')), ['review']);
    assert.deepEqual(stepsOpen('peer-review', 'answered', participant('answered')), []);
    assert.deepEqual(POST_STEPS.filter((step) => partsOf(step) === 3), ['review']);
  });

  it('waits for everybody, then for what its author takes from it', () => {
    assert.equal(stateAfter('peer-review', 'asked', ['answered', 'asked']), 'asked');
    assert.equal(stateAfter('peer-review', 'asked', ['answered', 'declined']), 'answered');
    assert.deepEqual(stepsOpen('peer-review', 'asked', AUTHOR), []);
    assert.deepEqual(stepsOpen('peer-review', 'answered', AUTHOR), ['takes']);
  });
});

describe('an intervision', () => {
  it('goes from the facts, by all, to what each would do, and is ended by its author', () => {
    const steps = (state: HelpState) => [stepsOpen('intervision', state, AUTHOR), stepsOpen('intervision', state, participant('asked'))];
    assert.deepEqual(steps('facts'), [['facts'], ['facts']]);
    assert.deepEqual(steps('would-do'), [['takes'], ['would-do']]);
  });

  it('lets somebody who answered say more, and goes on until its author ends it', () => {
    assert.deepEqual(stepsOpen('intervision', 'would-do', participant('answered')), ['would-do']);
    assert.equal(stateAfter('intervision', 'would-do', ['answered', 'answered']), 'would-do');
  });
});

describe('what intentions led to', () => {
  it('is not told of fewer people than the threshold, nor of fewer intentions', () => {
    assert.equal(evaluationShown({ people: 4, intentions: 40, tried: 20 }), undefined);
    assert.equal(evaluationShown({ people: 5, intentions: 4, tried: 2 }), undefined);
    assert.deepEqual(evaluationShown({ people: 5, intentions: 5, tried: 3 }), { intentions: 5, tried: 3, bound: 'exact' });
  });

  it('is never told to be all or none, nor all or none but one', () => {
    const shown = (tried: number) => evaluationShown({ people: 6, intentions: 8, tried });
    assert.deepEqual(shown(0), { intentions: 8, tried: 1, bound: 'at-most' });
    assert.deepEqual(shown(1), shown(0));
    assert.deepEqual(shown(2), { intentions: 8, tried: 2, bound: 'exact' });
    assert.deepEqual(shown(6), { intentions: 8, tried: 6, bound: 'exact' });
    assert.deepEqual(shown(7), { intentions: 8, tried: 7, bound: 'at-least' });
    assert.deepEqual(shown(8), shown(7));
  });

  it('is true, whatever the figures', () => {
    const figures = fc
      .record({ people: fc.integer({ min: EVALUATION_THRESHOLD, max: 50 }), intentions: fc.integer({ min: EVALUATION_THRESHOLD, max: 200 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map(({ people, intentions, part }) => ({ people, intentions, tried: Math.round(part * intentions) }));
    fc.assert(
      fc.property(figures, (real) => {
        const shown = evaluationShown(real);
        assert.ok(shown);
        assert.equal(shown.intentions, real.intentions);
        if (shown.bound === 'exact') assert.equal(shown.tried, real.tried);
        if (shown.bound === 'at-most') assert.ok(real.tried <= shown.tried);
        if (shown.bound === 'at-least') assert.ok(real.tried >= shown.tried);
      }),
    );
  });
});
