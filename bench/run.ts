/** `npm run bench -- <name>… [--option=value…]`: runs benchmarks and prints each figure as a ratio against a reference of the same run. */
import { cpus } from 'node:os';
import type { Row } from './row.ts';

interface Bench {
  run(): Promise<{ name: string; rows: Row[] }>;
}

const BENCHES: Record<string, () => Promise<Bench>> = {
  api: () => import('./api.ts'),
  catalogue: () => import('./catalogue.ts'),
  upload: () => import('./upload.ts'),
  ingest: () => import('./ingest.ts'),
  transcode: () => import('./transcode.ts'),
  encrypt: () => import('./encrypt.ts'),
  clip: () => import('./clip.ts'),
  concat: () => import('./concat.ts'),
  sprite: () => import('./sprite.ts'),
  snapshots: () => import('./snapshots.ts'),
  delivery: () => import('./delivery.ts'),
  protect: () => import('./protect.ts'),
  events: () => import('./events.ts'),
  stats: () => import('./stats.ts'),
  pull: () => import('./pull.ts'),
  'first-play': () => import('./first-play.ts'),
};

// Options belong to the benches.
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = names.filter((name) => !(name in BENCHES));
if (names.length === 0 || unknown.length > 0) {
  console.error(`npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
  process.exit(2);
}
const [cpu] = cpus();
console.log(
  `${cpus().length} × ${cpu?.model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
);
for (const name of names) {
  const bench = await BENCHES[name]!();
  const { rows } = await bench.run();
  console.log(`\n## ${name}\n\n| work | ours | reference | ratio | aim | |\n|---|---|---|---|---|---|`);
  for (const { label, ours, reference, ratio, aim, ok } of rows) {
    const cells = [label, figure(ours), figure(reference), ratio.toFixed(2), aim, ok ? 'met' : 'missed'];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
