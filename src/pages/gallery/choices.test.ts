import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { LANGUAGES } from '../../domain/language.ts';
import { choicesIn, linkTo, THEMES, type Choices } from './choices.ts';

describe('an address of the gallery', () => {
  const name = fc.stringMatching(/^[a-z]+(-[a-z]+)*$/);
  const look = {
    theme: fc.constantFrom(...THEMES),
    width: fc.oneof(fc.integer({ min: 280, max: 1200 }), fc.constant('fit' as const)),
    language: fc.constantFrom(...LANGUAGES),
    size: fc.integer({ min: 100, max: 200 }),
  };
  const plain = { noNullPrototype: true } as const;
  const choices: fc.Arbitrary<Choices> = fc.oneof(
    fc.record(look, plain),
    fc.record({ ...look, widget: name }, plain),
    fc.record({ ...look, widget: name, state: name }, plain),
  );

  test('says every choice, and is read as it was written', () => {
    fc.assert(fc.property(choices, (chosen) => assert.deepEqual(choicesIn(linkTo(chosen), []), chosen)));
  });

  test('that says nothing, or nonsense, is as it comes', () => {
    const usual: Choices = { theme: 'light', width: 'fit', language: 'nl', size: 100 };
    assert.deepEqual(choicesIn('', ['nl-BE']), usual);
    assert.deepEqual(choicesIn('?theme=pink&width=wide&lang=fr&size=1e3&state=form', ['nl']), usual);
  });

  test('goes no further than what can be shown', () => {
    const { width, size } = choicesIn('?width=99999&size=1', []);
    assert.deepEqual({ width, size }, { width: 1200, size: 100 });
  });
});
