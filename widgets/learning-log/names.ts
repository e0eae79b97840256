interface FormerTexts {
  readonly formerColleague: string;
  readonly formerColleagues: string;
}

/** Names of people to be told in a list; those who left, of whom there is no name any more, come last and once. */
export function namesOf(people: readonly (string | null | undefined)[], texts: FormerTexts): string[] {
  const names = people.filter((name) => typeof name === 'string');
  const former = people.length - names.length;
  return former === 0 ? names : [...names, former === 1 ? texts.formerColleague : texts.formerColleagues];
}
