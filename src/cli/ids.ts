import { Refusal, WrongUse } from './context.ts';

/**
 * The one thing whose id begins with what was typed.
 * @param kind what it is one of, as it is typed: there is a command `leerkring KIND list`
 * @param show what tells it from others, besides its id
 * @throws Refusal when there is none, or more than one
 */
export function beginningWith<T extends { readonly id: string }>(
  typed: string,
  kind: 'round' | 'series',
  all: readonly T[],
  show: (one: T) => string,
): T {
  // An empty variable in a script must not choose the only one there is.
  if (typed === '') throw new WrongUse(`Say which ${kind}: \`leerkring ${kind} list\` shows the ids.`);
  const found = all.filter(({ id }) => id.startsWith(typed.toLowerCase()));
  const [only, ...others] = found;
  if (!only) throw new Refusal(`There is no ${kind} ${typed}. \`leerkring ${kind} list\` shows which there are.`);
  if (others.length === 0) return only;
  throw new Refusal(`More than one ${kind} begins with ${typed}: type more of it.`, {
    lines: found.map((one) => `  ${one.id}  ${show(one)}`),
    data: { [kind === 'round' ? 'rounds' : 'series']: found.map(({ id }) => id) },
  });
}
