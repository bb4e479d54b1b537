import path from 'node:path';

/** What the runner says of a test (or a suite, or a whole file) that has ended. */
export interface Ended {
  name: string;
  file?: string | undefined;
  skip?: string | boolean | undefined;
  todo?: string | boolean | undefined;
  details: { duration_ms: number; type?: string | undefined; error?: unknown };
}

export interface Tally {
  passed: number;
  /** Each as `file: name`. */
  failed: string[];
  /** Each as `file: name — reason`. */
  skipped: string[];
}

export function emptyTally(): Tally {
  return { passed: 0, failed: [], skipped: [] };
}

/** Counts a test that passed. A suite counts only when it is skipped, as its tests are then never heard of. */
export function countPass(tally: Tally, test: Ended): void {
  if (isSet(test.skip)) tally.skipped.push(`${label(test)} — ${reason(test.skip)}`);
  else if (isSet(test.todo)) tally.skipped.push(`${label(test)} — to do: ${reason(test.todo)}`);
  else if (test.details.type !== 'suite' && !isFile(test)) tally.passed++;
}

/** Counts a test that failed; a suite or a test that failed only because one inside it did is counted there. */
export function countFailure(tally: Tally, test: Ended): void {
  const { error } = test.details;
  const kind = (error as { failureType?: string } | undefined)?.failureType;
  if (kind === 'subtestsFailed') return;
  if (isSet(test.todo)) tally.skipped.push(`${label(test)} — to do: ${reason(test.todo)}`);
  else tally.failed.push(label(test));
}

/** The last line of a run. */
export function totals({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
}

/** Node names a file by its path, as a test of its own: it passes when there is no test in it, and fails when it cannot be loaded. */
function isFile({ name, file }: Ended): boolean {
  return file !== undefined && path.resolve(name) === file;
}

function label(test: Ended): string {
  const { name, file } = test;
  if (isFile(test)) return `${path.relative('', file!)}: the file itself`;
  return file === undefined ? name : `${path.relative('', file)}: ${name}`;
}

function isSet(mark: string | boolean | undefined): boolean {
  return mark !== undefined && mark !== false;
}

function reason(mark: string | boolean | undefined): string {
  return typeof mark === 'string' && mark !== '' ? mark : 'no reason given';
}
