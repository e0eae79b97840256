/** The natural logarithms of 0!, 1!, 2!, ... */
const logFactorials = [0];

function logFactorial(n: number): number {
  for (let next = logFactorials.length; next <= n; next += 1) {
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  }
  return logFactorials[n] ?? 0;
}

/** P(X >= least) for X of a binomial distribution: how likely at least so many of `trials` succeed at this chance. */
export function atLeastSoMany(least: number, trials: number, chance: number): number {
  let sum = 0;
  for (let hits = Math.max(0, least); hits <= trials; hits += 1) {
    const ways = logFactorial(trials) - logFactorial(hits) - logFactorial(trials - hits);
    sum += Math.exp(ways + hits * Math.log(chance) + (trials - hits) * Math.log(1 - chance));
  }
  return Math.min(1, sum);
}

/** The least number of hits that guessing between two reaches with no more than this probability. */
export function tooManyHits(trials: number, error: number): number {
  for (let hits = Math.ceil(trials / 2); hits <= trials; hits += 1) {
    if (atLeastSoMany(hits, trials, 0.5) <= error) return hits;
  }
  return trials + 1;
}
