import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hintsIn } from './hints.ts';

const COLLEAGUES = ['Roos van der Veen', 'Jan-Willem Çelik', 'Mark Visser', 'Zoë Bakker'];

const kinds = (text: string) => hintsIn(text, COLLEAGUES).map(({ kind, found }) => [kind, found]);

describe('hints about what gives somebody away', () => {
  for (const [text, kind, found] of [
    ['Ik vroeg het aan Roos.', 'name', 'Roos'],
    ['dat was Visser’s idee', 'name', 'Visser'],
    ['Jan-Willem wist het', 'name', 'Jan-Willem'],
    ['met Zoë samen', 'name', 'Zoë'],
    ['sinds 12-11-2026 is het beter', 'date', '12-11-2026'],
    ['sinds 2026-11-12 is het beter', 'date', '2026-11-12'],
    ['op 3 maart ging het mis', 'date', '3 maart'],
    ['on the 3rd of May it failed', 'date', '3rd of May'],
    ['on May 3 it failed', 'date', 'May 3'],
    ['bel 06-12345678', 'phone', '06-12345678'],
    ['bel +31 6 1234 5678', 'phone', '+31 6 1234 5678'],
    ['mail naar iemand@bedrijf.example', 'email', 'iemand@bedrijf.example'],
  ] as const) {
    it(`sees the ${kind} in “${text}”`, () => {
      assert.deepEqual(kinds(text), [[kind, found]]);
    });
  }

  for (const text of [
    '',
    'Een roos op tafel en een visser aan de kant.',
    'We hebben 12 van de 30 acties af, dat is 40 %.',
    'De marktwaarde, de rozen en het jan-boerenfluitje.',
    'Meer tijd om van elkaar te leren, van der dagen een.',
    'In 2026 mei we niet meer.',
  ]) {
    it(`sees nothing in “${text}”`, () => {
      assert.deepEqual(kinds(text), []);
    });
  }

  it('gives one hint of each kind', () => {
    const text = 'Roos en Mark: 06-12345678, 06-87654321, a@b.nl, op 1 mei en 2 mei';
    assert.deepEqual(
      hintsIn(text, COLLEAGUES).map(({ kind }) => kind),
      ['name', 'email', 'phone', 'date'],
    );
  });
});
