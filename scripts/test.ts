/**
 * `npm test [-- words… --name "pattern"]`: every `*.test.ts` (or those whose path contains a word) in its own process; of
 * their tests those whose name matches. `--soak` takes the long ones too. `--timeout` is how long a file may take, s (300; 3,600 of the long
 * ones). The last line is always the totals.
 */
import { parseArgs } from 'node:util';
import { startUnsharedPostgres } from '../packages/server/testing/postgres.ts';
import { BROKER_PORT, sharePostgres } from '../packages/server/testing/shared-postgres.ts';
import { chooseFiles } from './test/files.ts';
import { runFiles } from './test/run.ts';
import { emptyTally, totals } from './test/tally.ts';

const tally = emptyTally();
let complete = false;
process.on('exit', (code) => {
  if (!complete) tally.failed.push('the test run itself');
  console.log(totals(tally));
  process.exitCode = tally.failed.length > 0 ? 1 : code;
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: 'string' },
    soak: { type: 'boolean', default: false },
    timeout: { type: 'string' },
  },
});
const files = await chooseFiles(positionals);
if (files.length === 0) throw new Error(`no test file matches ${positionals.join(' ')}`);

const postgres = startUnsharedPostgres();
const broker = postgres && (await sharePostgres(() => postgres.address()));
if (broker) process.env[BROKER_PORT] = String(broker.port);
if (values.soak) process.env.OPENVOD_SOAK = '1';
const { times, words } = await runFiles(files, {
  timeout: Number(values.timeout ?? (values.soak ? 3600 : 300)) * 1000,
  name: values.name,
  tally,
});
broker?.close();
await postgres?.stop();

for (const [file, text] of words) console.log(`\n${file} wrote:\n${text.trimEnd()}`);
if (values.name !== undefined && tally.passed + tally.failed.length + tally.skipped.length === 0)
  tally.failed.push(`no test is called ${values.name}`);
const slowest = [...times].sort(([, a], [, b]) => b - a).slice(0, 5);
console.log(
  `\nslowest files: ${slowest.map(([file, ms]) => `${file} ${(ms / 1000).toFixed(1)} s`).join(', ')}`,
);
for (const line of tally.skipped) console.log(`SKIPPED ${line}`);
for (const line of tally.failed) console.log(`FAILED ${line}`);
complete = true;
process.exit();
