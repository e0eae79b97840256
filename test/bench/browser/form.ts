import type { OpenRound } from '../../../src/contract/rounds.ts';

/** What a form of the pulse shows, in as many words as the widget shows: nothing is left for it to find out. */
export interface FormContent {
  readonly title: string;
  readonly lead: string;
  readonly items: readonly { readonly key: string; readonly text: string }[];
  readonly labels: readonly string[];
  readonly noAnswer: string;
  readonly question: string;
  readonly optional: string;
  readonly readers: string;
  readonly nobody: string;
  readonly who: string;
  readonly how: string;
  readonly send: string;
}

export function formContentOf(round: OpenRound): FormContent {
  const { title, items, labels, openQuestion } = round.instrument;
  return {
    title,
    lead: `${String(items.length)} stellingen, een halve minuut. Sluit vrijdag 18 december om 16:00.`,
    items: items.map(({ key, text }) => ({ key, text })),
    labels,
    noAnswer: 'geen antwoord',
    question: openQuestion ?? '',
    optional: '(hoeft niet)',
    readers: 'Je team en je leidinggevende kunnen dit lezen, zonder naam, als er minstens 10 antwoorden zijn.',
    nobody: 'Niemand kan zien wat jij antwoordt, ook de beheerder niet.',
    who: `Na sluiting zien ${round.team.name} en de leidinggevende alleen cijfers over het hele team, en pas bij 5 antwoorden.`,
    how: 'Hoe kan dat?',
    send: 'Verstuur',
  };
}

/** The form as a page would have it without any script. @param copy from 0: names and ids differ from copy to copy */
export function plainForm(content: FormContent, copy: number): string {
  const { items, labels, noAnswer } = content;
  const point = (key: string, label: string, value: number) =>
    `<label class="${value === 0 ? 'skip' : 'point'}"><input type="radio" name="${key}" value="${String(value)}"><i></i><span>${label}</span></label>`;
  return `<form class="bench">
    <div class="head"><svg width="52" height="52" viewBox="0 0 52 52" role="img" aria-label="0 van ${String(items.length)}"><circle cx="26" cy="26" r="22"/></svg>
      <div><h2>${content.title}</h2><p>${content.lead}</p></div></div>
    ${items
      .map(
        ({ key, text }) => `<fieldset><legend>${text}</legend><div class="points">
      ${[...labels.map((label, index) => point(key, label, index + 1)), point(key, noAnswer, 0)].join('')}</div></fieldset>`,
      )
      .join('')}
    <div class="comment"><label for="comment-${String(copy)}">${content.question} <span>${content.optional}</span></label>
      <textarea id="comment-${String(copy)}" name="comment" rows="2"></textarea><p>${content.readers}</p></div>
    <div class="who"><p><b>${content.nobody}</b> ${content.who}</p><details><summary>${content.how}</summary></details></div>
    <div class="bar"><button type="button">${content.send}</button></div>
  </form>`;
}

/** How both the plain form and the bare element look: much like the widget, in the same way of laying out. */
export const FORM_STYLES = `
  .bench { display: block; padding: 24px; border: 1px solid #d6dde1; border-radius: 12px; background: #fff; color: #1b2a33; font-family: system-ui, sans-serif; font-size: 14px; line-height: 1.5 }
  .bench * { box-sizing: border-box }
  .bench p, .bench h2 { margin: 0 }
  .bench .head { display: flex; gap: 16px; align-items: center; margin-bottom: 16px }
  .bench circle { fill: none; stroke: #d6dde1; stroke-width: 5 }
  .bench fieldset { position: relative; min-width: 0; margin: 0; padding: 16px 0 8px; border: 0; border-top: 1px solid #d6dde1 }
  .bench legend { float: left; width: 100%; padding: 0 8em 8px 0; font-weight: 600 }
  .bench .points { clear: both; display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr) }
  .bench .points label { display: flex; gap: 6px; align-items: center; min-height: 44px; border-radius: 8px }
  .bench .points input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0 }
  .bench .points i { flex: none; width: 22px; height: 22px; border: 2px solid #6b7d87; border-radius: 50%; background: #fff }
  .bench .points :checked + i { border: 7px solid #1c6b63 }
  .bench .points :checked ~ span { font-weight: 600 }
  .bench .points .point { position: relative; flex-direction: column; gap: 4px; padding: 4px 4px 8px; text-align: center }
  .bench .points .skip { position: absolute; top: 10px; right: 0; padding: 0 6px }
  .bench .comment { padding: 16px 0 8px; border-top: 1px solid #d6dde1 }
  .bench .comment label { display: block; margin-bottom: 8px }
  .bench textarea { display: block; width: 100%; min-height: 76px; padding: 8px 12px; border: 1px solid #6b7d87; border-radius: 8px; font: inherit }
  .bench .who { margin-top: 8px; padding: 12px 14px; border-radius: 8px; background: #e6f1ef }
  .bench .bar { display: flex; gap: 12px; margin-top: 16px }
  .bench button { min-height: 44px; padding: 8px 20px; border: 0; border-radius: 8px; background: #1c6b63; color: #fff; font: inherit }
`;
