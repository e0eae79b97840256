import { assert } from '@open-wc/testing';
import { short, unmarked } from './excerpt.ts';

describe('the beginning of an entry', () => {
  const texts: readonly (readonly [what: string, typed: string, shown: string])[] = [
    ['emphasis', 'A **bold** and _slanted_ word', 'A bold and slanted word'],
    ['emphasis in a word, and a product', 'snake_case_name, 2 * 3 * 4', 'snake_case_name, 2 * 3 * 4'],
    ['emphasis that was cut', 'We **always ring', 'We always ring'],
    ['a heading, a quotation and one within another', '# Title\n> said\n> > before', 'Title\nsaid\nbefore'],
    ['an underlined heading', 'Title\n=====\ntext', 'Title\ntext'],
    ['a list', '- 12 keer\n* two\n1. first', '12 keer\ntwo\n1. first'],
    ['a line between', 'above\n\n---\n\nbelow', 'above\nbelow'],
    ['a link', 'See [the page](https://example.org/a)', 'See the page'],
    ['a link with brackets in its address', '[x](https://example.org/u_(c)) y', 'x y'],
    ['a link that was cut in its address', 'See [the page](https://exam', 'See the page'],
    ['a link that was cut in its words', 'See [the pa', 'See the pa'],
    ['a link by its name', 'See [the page][1]\n\n[1]: https://example.org', 'See the page'],
    ['an address', 'See <https://example.org/a>', 'See https://example.org/a'],
    ['code', '```js\nlet a\n```\n~~~\nb\n~~~\n`c`', 'let a\nb\nc'],
    ['marks that are meant', 'Write \\*so\\*, and 5 \\# 3', 'Write *so*, and 5 # 3'],
    ['a hash sign that is no heading', '#label stays', '#label stays'],
    ['brackets that are none', 'a [b] c', 'a [b] c'],
  ];
  for (const [what, typed, shown] of texts) {
    it(`is without the marks of ${what}`, () => {
      assert.equal(unmarked(typed), shown);
    });
  }

  it('ends at a word, and in no half of a character', () => {
    assert.equal(short('a '.repeat(60)), `${'a '.repeat(35).trim()}…`);
    assert.equal(short('😀'.repeat(60)), `${'😀'.repeat(35)}…`);
  });
});
