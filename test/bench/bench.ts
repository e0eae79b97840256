import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { asMarkdown, asText, holds, type Figure } from './figures.ts';

/** A run, as it is kept. */
interface Run {
  readonly at: string;
  readonly machine: string;
  readonly figures: readonly Figure[];
}

const HELP = `npm run bench -- [--only browser|server|learning-log] [--rounds NUMBER] [--check] [--write]
  --only     one part: the browser takes some minutes, the server some more, the learning log's many entries as many
  --rounds   how often everything is measured in turn; 9 by itself
  --check    end with 1 when a target is missed
  --write    put the figures into docs/performance.md, and docs/performance.json beside it
Each run is kept in dist/bench.json. Leave the machine alone meanwhile.
`;

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const KEPT = inProject('dist/bench.json');
const PAGE = inProject('docs/performance.md');
const REFERENCE = inProject('docs/performance.json');

const PARTS = ['browser', 'server', 'learning-log'] as const;
type Part = (typeof PARTS)[number];

/** Each part is loaded when it is wanted. */
const MEASURE: Readonly<Record<Part, (rounds: number, say: (line: string) => void, took: (figures: readonly Figure[]) => void) => Promise<void>>> = {
  browser: async (rounds, say, took) => { took(await (await import('./browser/browser.ts')).measureBrowser(rounds, say)); },
  server: async (...how) => (await import('./server/server.ts')).measureServer(...how),
  'learning-log': async (...how) => (await import('./server/learning-log.ts')).measureLearningLog(...how),
};

const { values: typed } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '9' },
    check: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const parts = PARTS.filter((part) => typed.only === undefined || typed.only === part);
const rounds = Number(typed.rounds);

if (typed.help || parts.length === 0 || !Number.isInteger(rounds) || rounds < 2) {
  process.stderr.write(HELP);
  process.exitCode = typed.help ? 0 : 2;
} else {
  const figures: Figure[] = [];
  const runOf = (): Run => ({ at: new Date().toISOString(), machine: machine(), figures });
  try {
    for (const part of parts) {
      await MEASURE[part](rounds, (line) => process.stderr.write(`${line}\n`), (measured) => figures.push(...measured));
    }
  } finally {
    // Of a run that could not be finished too: each figure took minutes.
    await keep(KEPT, runOf());
    process.stdout.write(`\n${asText(figures)}\n\n${machine()}\n`);
  }
  const run = runOf();
  if (typed.write) await publish(run);
  if (typed.check && figures.some((one) => holds(one) === false)) process.exitCode = 1;
}

function machine(): string {
  const [first] = cpus();
  const memory = `${String(Math.round(totalmem() / 2 ** 30))} GB`;
  return `${String(cpus().length)} x ${first?.model.trim() ?? 'an unknown processor'}, ${memory}, Node ${process.versions.node}, ${process.platform}`;
}

async function keep(file: string, run: Run): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(run, null, 2)}\n`);
}

/** Puts a run in the place of the reference run; of the parts that were not measured, the earlier figures stay. */
async function publish(run: Run): Promise<void> {
  const before = JSON.parse(await readFile(REFERENCE, 'utf8').catch(() => '{"figures":[]}')) as Run;
  const of = (part: Part) => (parts.includes(part) ? run : before).figures.filter((one) => one.part === part);
  await keep(REFERENCE, { ...run, figures: PARTS.flatMap(of) });
  let page = await readFile(PAGE, 'utf8');
  for (const part of parts) {
    const table = `${asMarkdown(of(part))}\n\n${run.at.slice(0, 10)}; ${run.machine}.`;
    page = page.replace(
      new RegExp(`(<!-- ${part}: written by the bench -->)[^]*?(<!-- /${part} -->)`),
      (_, start: string, end: string) => `${start}\n${table}\n${end}`,
    );
  }
  await writeFile(PAGE, page);
}
