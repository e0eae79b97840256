import { assert } from '@open-wc/testing';
import { namesOf } from './names.ts';

describe('names in a list', () => {
  const former = { formerColleague: 'a former colleague', formerColleagues: 'former colleagues' };
  it('end with those who left, once', () => {
    assert.deepEqual(namesOf(['Noor', null, 'Sam'], former), ['Noor', 'Sam', 'a former colleague']);
    assert.deepEqual(namesOf([undefined, 'Noor', null], former), ['Noor', 'former colleagues']);
    assert.deepEqual(namesOf([], former), []);
  });
});
