import { assert } from '@open-wc/testing';
import type { Teams } from '../../host/teams.ts';
import { followLink } from './link.ts';

describe('a deep link', () => {
  let stage: HTMLElement;
  beforeEach(() => {
    stage = document.createElement('main');
    stage.innerHTML = '<kring-pulse-survey></kring-pulse-survey><kring-team-pulse></kring-team-pulse>';
    document.body.append(stage);
  });
  afterEach(() => { stage.remove(); });

  /** What each element is asked to show. */
  const asked = (part: ParentNode) =>
    [...part.querySelectorAll('*')].map((one) => [one.localName, one.getAttribute('team'), one.getAttribute('round')]);

  it('chooses the team of each element, and the round of the one that knows rounds', () => {
    followLink({ subPage: 'team=north&round=r-2' } as Teams);
    assert.deepEqual(asked(stage), [['kring-pulse-survey', 'north', null], ['kring-team-pulse', 'north', 'r-2']]);
  });

  it('reaches an element that comes later, as the last link had it', () => {
    const follow = followLink({ subPage: 'team=north' } as Teams);
    dispatchEvent(new CustomEvent('kring-asked', { detail: 'team=south' }));
    const later = document.createElement('div');
    later.innerHTML = '<kring-safety-check-in></kring-safety-check-in>';
    follow(later);
    assert.deepEqual([...asked(stage), ...asked(later)].map(([name, team]) => [name, team]), [
      ['kring-pulse-survey', 'south'],
      ['kring-team-pulse', 'south'],
      ['kring-safety-check-in', 'south'],
    ]);
  });

  it('passes over what can be no key of a team or a round', () => {
    followLink({ subPage: `team=%00&round=${'r'.repeat(3000)}` } as Teams);
    assert.deepEqual(asked(stage), [['kring-pulse-survey', null, null], ['kring-team-pulse', null, null]]);
  });

  it('changes nothing where there is none', () => {
    followLink({ subPage: undefined } as Teams);
    assert.deepEqual(asked(stage), [['kring-pulse-survey', null, null], ['kring-team-pulse', null, null]]);
  });
});
