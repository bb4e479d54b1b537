/**
 * `npm run soak -- <campaign>… | all [--short] [--seed=N]`: campaigns against servers of their own on 127.0.0.1. Each prints what
 * it tried, what was lost and the most memory; the exit code is 1 when anything was lost or a bound was broken.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { seededRandom } from '../e2e/testing/random.ts';
import { type Campaign, type Ended, exitCode, report, table } from './campaign.ts';

const CAMPAIGNS: Record<string, () => Promise<Campaign>> = {
  kills: () => import('./campaigns/kills.ts'),
  'hostile-files': () => import('./campaigns/hostile-files.ts'),
  'bad-requests': () => import('./campaigns/bad-requests.ts'),
  players: () => import('./campaigns/players.ts'),
  'uploads-at-once': () => import('./campaigns/uploads-at-once.ts'),
  'postgres-restarts': () => import('./campaigns/postgres-restarts.ts'),
  'storage-outages': () => import('./campaigns/storage-outages.ts'),
  'full-disks': () => import('./campaigns/full-disks.ts'),
  'clock-jumps': () => import('./campaigns/clock-jumps.ts'),
  'frozen-workers': () => import('./campaigns/frozen-workers.ts'),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, seed: { type: 'string' } },
});
const names = positionals.includes('all') ? Object.keys(CAMPAIGNS) : positionals;
const unknown = names.filter((name) => !(name in CAMPAIGNS));
if (names.length === 0 || unknown.length > 0) {
  console.error(`npm run soak -- ${Object.keys(CAMPAIGNS).join(' | ')} | all [--short] [--seed=N]`);
  process.exit(2);
}
// Ctrl-C must end the servers too, which end with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const [cpu] = cpus();
const memory = `${Math.round(totalmem() / 1024 ** 3)} GiB`;
console.log(
  `${cpus().length} × ${cpu?.model}, ${memory}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}, seed ${seed}${values.short ? ', short' : ''}`,
);

const ended: Ended[] = [];
for (const name of names) {
  const startedAt = Date.now();
  const say = (line: string) =>
    console.log(`[${name} ${Math.round((Date.now() - startedAt) / 1000)} s] ${line}`);
  const outcome = await CAMPAIGNS[name]!()
    .then((campaign) => campaign.run({ short: values.short, random: seededRandom(seed), say }))
    .catch((error: unknown) => ({
      figures: [],
      lost: [],
      broken: [`the campaign fell over: ${wordsOf(error)}`],
    }));
  ended.push({ name, outcome, took: Date.now() - startedAt });
  console.log(`\n${report(ended.at(-1)!).join('\n')}\n`);
}
console.log(table(ended).join('\n'));
process.exit(exitCode(ended));

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
