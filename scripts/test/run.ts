import path from 'node:path';
import { run } from 'node:test';
import { dot, spec } from 'node:test/reporters';
import { countFailure, countPass, type Tally } from './tally.ts';

export interface Outcome {
  /** Wall-clock time of each file in ms, by its path. */
  times: Map<string, number>;
  /** What each file that failed wrote to standard error, by its path; its last lines. */
  words: Map<string, string>;
}

/** So that none of them is lost at that end. */
const WHOLE_REPORTS = new URL('./whole-reports.ts', import.meta.url).href;

/** As much of a file's standard error as helps to see why it failed, in characters. */
const WORDS = 4_000;

/**
 * Runs each file in a process of its own, two at a time, and counts into `tally` as it goes, so that the count is there
 * even when the run itself falls over.
 */
export async function runFiles(
  files: readonly string[],
  { timeout, name, tally }: { timeout: number; name: string | undefined; tally: Tally },
): Promise<Outcome> {
  const times = new Map<string, number>();
  const said = new Map<string, string>();
  const failed = new Set<string>();
  const events = run({
    files: files.map((file) => path.resolve(file)),
    concurrency: 2,
    timeout,
    // A test that fails in the middle may leave something open; its file must end all the same.
    execArgv: ['--disable-warning=ExperimentalWarning', '--test-force-exit', `--import=${WHOLE_REPORTS}`],
    ...(name !== undefined && { testNamePatterns: [name] }),
  });
  events.on('test:pass', (test) => countPass(tally, test));
  events.on('test:fail', (test) => {
    countFailure(tally, test);
    if (test.file !== undefined) failed.add(test.file);
  });
  events.on('test:stderr', ({ file, message }) =>
    said.set(file, ((said.get(file) ?? '') + message).slice(-WORDS)),
  );
  events.on('test:complete', ({ name, details }) => {
    if (path.isAbsolute(name)) times.set(path.relative('', name), details.duration_ms);
  });
  const report = process.env.CI ? events.compose(spec()) : events.compose(dot);
  for await (const text of report) process.stdout.write(text);
  const words = [...said].filter(([file]) => failed.has(file));
  return { times, words: new Map(words.map(([file, text]) => [path.relative('', file), text])) };
}
