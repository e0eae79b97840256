import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asMarkdown, asText, compared, figure, holds } from './figures.ts';

const about = { part: 'browser', what: 'a form', unit: 'ms' } as const;
const plain = { what: 'plain HTML', samples: [100, 200, 100] };

test('a target holds up to its limit, and not beyond', () => {
  const most = (limit: number) => compared(about, [150, 300, 150], plain, { is: 'at most', limit });
  assert.equal(holds(most(1.5)), true);
  assert.equal(holds(most(1.49)), false);
  const least = (limit: number) => figure({ ...about, unit: '/s' }, [10, 20, 30], { is: 'at least', limit });
  assert.equal(holds(least(20)), true);
  assert.equal(holds(least(21)), false);
  assert.equal(holds(figure(about, [1])), undefined);
});

test('a target of a figure that is compared is one of the ratio', () => {
  assert.equal(holds(compared(about, [1000, 1000, 1000], { what: 'the same', samples: [1000, 1000, 1000] }, { is: 'at most', limit: 1 })), true);
});

test('a table says what was measured, beside what, how far it spreads, and whether it holds', () => {
  const figures = [
    compared(about, [150, 300, 150], plain, { is: 'at most', limit: 1.4 }),
    figure({ part: 'server', what: 'closing', unit: 's' }, [2.5], { is: 'at most', limit: 60 }),
  ];
  assert.equal(
    asMarkdown(figures),
    [
      '| what | measured | beside | ratio | target | holds |',
      '| --- | ---: | ---: | ---: | ---: | ---: |',
      '| a form | 150 (150 to 225) ms | plain HTML: 100 (100 to 150) ms | 1.5 (1.5 to 1.5) x | at most 1.4 x | NO |',
      '| closing | 2.5 s |  |  | at most 60 s | yes |',
    ].join('\n'),
  );
  assert.match(asText(figures), /^a form {3}150 \(150 to 225\) ms {2}plain HTML/m);
});
