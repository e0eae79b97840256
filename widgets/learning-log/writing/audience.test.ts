import { assert } from '@open-wc/testing';
import type { Chosen } from '../draft.ts';
import { narrows, widens } from './audience.ts';

const SAM = { id: 'sam', name: 'Sam Ardal' };
const NOA = { id: 'noa', name: 'Noa Veldkamp' };
const me: Chosen = { scope: 'me', people: [] };
const sam: Chosen = { scope: 'people', people: [SAM] };
const both: Chosen = { scope: 'people', people: [SAM, NOA] };
const rivier: Chosen = { scope: 'team', team: { id: 'rivier', name: 'Team Rivier' }, people: [] };
const rivierAndSam: Chosen = { ...rivier, people: [SAM] };
const dijk: Chosen = { scope: 'team', team: { id: 'dijk', name: 'Team Dijk' }, people: [] };
const all: Chosen = { scope: 'organisation', people: [] };

describe('how far an entry reaches', () => {
  for (const [what, before, after, wider, narrower] of [
    ['from oneself to a colleague', me, sam, true, false],
    ['one colleague more', sam, both, true, false],
    ['to a team, and its members alone', sam, rivier, true, true],
    ['to a team, and the colleague still', sam, rivierAndSam, true, false],
    ['a colleague beside the team', rivier, rivierAndSam, true, false],
    ['to another team', rivier, dijk, true, true],
    ['from a team to all', rivierAndSam, all, true, false],
    ['from all to oneself', all, me, false, true],
    ['to oneself, whoever was named', both, { ...both, scope: 'me' }, false, true],
    ['as it was', rivierAndSam, rivierAndSam, false, false],
  ] as const) {
    it(`${what}: ${wider ? 'further' : 'no further'}, ${narrower ? 'less far' : 'no less far'}`, () => {
      assert.deepEqual([widens(before, after), narrows(before, after)], [wider, narrower]);
    });
  }
});
