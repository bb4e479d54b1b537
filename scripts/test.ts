/** `npm test`: every `*.test.ts` in its own process, on one PostgreSQL cluster; `npm run soak` takes the long ones too. */
import { spawn } from 'node:child_process';
import { glob } from 'node:fs/promises';
import { startPostgres } from '../packages/server/testing/postgres.ts';

const args = process.argv.slice(2);
const soak = args.includes('--soak');
const wanted = args.filter((argument) => !argument.startsWith('--'));

const files: string[] = [];
for await (const file of glob('{packages,scripts,bench,e2e}/**/*.test.ts', {
  exclude: ['**/node_modules/**', '**/dist/**'],
})) {
  if (wanted.length === 0 || wanted.some((part) => file.includes(part))) files.push(file);
}
files.sort();
if (files.length === 0) {
  console.error(`no test file matches ${wanted.join(' ')}`);
  process.exit(1);
}

const postgres = await startPostgres();
if (!postgres) console.error('SKIPPED, no PostgreSQL on this machine: every test that names it');
const child = spawn(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--test',
    '--test-concurrency=2',
    // A test that fails in the middle may leave something open; the run must end all the same.
    '--test-force-exit',
    `--test-timeout=${soak ? 3_600_000 : 300_000}`,
    `--test-reporter=${process.env.CI ? 'spec' : 'dot'}`,
    '--test-reporter-destination=stdout',
    ...files,
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(postgres && { OPENVOD_TEST_POSTGRES_URL: postgres.url }),
      ...(soak && { OPENVOD_SOAK: '1' }),
    },
  },
);
child.on('exit', async (code, signal) => {
  await postgres?.stop();
  process.exit(signal ? 1 : (code ?? 1));
});
