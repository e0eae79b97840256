import { assert } from '@open-wc/testing';
import type { Language } from '../../src/domain/language.ts';
import { Sentences } from './sentences.ts';
import { loadTexts } from './texts.ts';

describe('numbers and dates of the team pulse', () => {
  const spoken = (language: Language) => loadTexts(language).then((texts) => new Sentences(texts));
  // As a person lives it: in the time zone of the browser.
  const instant = (month: number, day: number) => new Date(2026, month, day, 9, 5).toISOString();

  it('are those of everyday Dutch', async () => {
    const say = await spoken('nl');
    assert.equal(say.number(3.4), '3,4');
    assert.equal(say.number(0.5, 2), '0,50');
    assert.equal(say.day(instant(2, 1)), 'zondag 1 maart 2026');
    assert.equal(say.shortDay(instant(2, 1), true), '1 mrt 2026');
    assert.equal(say.shortDay(instant(9, 31), false), '31 okt');
    assert.equal(say.moment(instant(11, 18)), 'vrijdag 18 december om 09:05');
  });

  it('are those of everyday English', async () => {
    const say = await spoken('en');
    assert.equal(say.number(3), '3.0');
    assert.equal(say.day(instant(2, 1)), 'Sunday 1 March 2026');
    assert.equal(say.shortDay(instant(8, 30), true), '30 Sept 2026');
    assert.equal(say.moment(instant(11, 18)), 'Friday 18 December at 09:05');
  });

  for (const language of ['nl', 'en'] as const) {
    it(`say every figure, month and weekday as the browser itself would: ${language}`, async () => {
      const say = await spoken(language);
      const locale = { nl: 'nl-NL', en: 'en-GB' }[language];
      const oneDecimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 });
      const whole = new Intl.NumberFormat(locale);
      for (const value of [0, 7, 999, 1000, 12_345, 1_000_000]) assert.equal(say.count(value), whole.format(value));
      for (let tenths = 10; tenths <= 70; tenths += 1) {
        assert.equal(say.number(tenths / 10), oneDecimal.format(tenths / 10));
      }
      const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
      const [weekday, month] = [part({ weekday: 'long' }), part({ month: 'long' })];
      for (let day = 1; day <= 365; day += 1) {
        const date = new Date(2026, 0, day, 12);
        const wanted = `${weekday.format(date)} ${String(date.getDate())} ${month.format(date)} 2026`;
        assert.equal(say.day(date.toISOString()), wanted);
      }
    });
  }
});
