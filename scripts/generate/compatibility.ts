import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ACTIONS, EVENTS, PLANNED_ACTIONS } from '../../packages/contract/v2/index.ts';
import { table } from './table.ts';

/** Whether something works is what its test says: for what is offered and in no test, `generate.test.ts` fails. */

const root = path.resolve(import.meta.dirname, '../..');
/** What goes through all actions alike shows nothing of one. */
const ALIKE = new Set(['e2e/contract-examples.test.ts']);

export interface TestFile {
  /** Below the repository. */
  name: string;
  text: string;
}

/** Every test file that may show what an action does. */
export function testFiles(): TestFile[] {
  return ['packages/server', 'packages/contract', 'e2e'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
      .map((name) => path.posix.join(folder, name))
      .filter((name) => !ALIKE.has(name))
      .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') })),
  );
}

/**
 * The test file that shows an action or an event: the one that speaks of it most often, as a text or by what the contract says of it. Files
 * of the contract alone run nothing, so they do not count.
 */
export function shownBy(name: string, tests: readonly TestFile[]): string | null {
  const mention = new RegExp(`['"]${name}['"]|Action=${name}\\b|\\b${name}\\.(result|params|data)\\b`, 'g');
  const found = tests
    .filter((test) => !test.name.startsWith('packages/contract/'))
    .map((test) => ({ name: test.name, times: test.text.match(mention)?.length ?? 0 }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => b.times - a.times || a.name.localeCompare(b.name));
  return found[0]?.name ?? null;
}

/** Events of drafts, which nothing sends. */
const DRAFT_EVENTS = ['ApplyManualReview', 'PorncheckComplete', 'UploadAndGetVideoMetaInfo'];
/** All others of the original. */
const RELEASED_EVENTS = [
  ...['NewFileUpload', 'PullComplete', 'TranscodeComplete', 'ConcatComplete', 'ClipComplete', 'FileDeleted'],
  ...['CreateImageSpriteComplete', 'CreateSnapshotByTimeOffsetComplete', 'ProcedureStateChanged'],
];

const BEGIN = '<!-- Generated from here to the end mark by npm run generate, from contract and tests. -->';
const END = '<!-- end -->';

/** `docs/compatibility.md` with its table of every action and event, their state, and the test that shows them. */
export function compatibilityPage(
  text = readFileSync(path.join(root, 'docs/compatibility.md'), 'utf8'),
  tests: readonly TestFile[] = testFiles(),
): string {
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error('docs/compatibility.md has no place for its table');
  return `${text.slice(0, before)}${BEGIN}\n\n${tablesOf(tests)}\n\n${text.slice(after)}`;
}

function tablesOf(tests: readonly TestFile[]): string {
  const actions = [
    ...ACTIONS.map(({ name, aliases, group }) => [
      `[${name}](api/${group}.md#${name.toLowerCase()})`,
      ...[aliases.join(', '), 'works', link(shownBy(name, tests))],
    ]),
    ...PLANNED_ACTIONS.map(({ name, aliases, draft, nameOnly }) => [
      ...[name, aliases.join(', '), draft ? DRAFT : nameOnly ? NAME_ONLY : 'not offered yet: 6100', ''],
    ]),
  ];
  const sent = new Set(EVENTS.map(({ name }) => name));
  const events = [
    ...EVENTS.map(({ name }) => [
      ...[`[${name}](api/events.md#${name.toLowerCase()})`, 'works', link(shownBy(name, tests))],
    ]),
    ...RELEASED_EVENTS.filter((name) => !sent.has(name)).map((name) => [name, 'not sent yet', '']),
    ...DRAFT_EVENTS.map((name) => [name, 'draft, never released: not sent', '']),
  ];
  return [
    table(['action', 'also called', 'state', 'shown by'], byName(actions)),
    table(['event', 'state', 'shown by'], byName(events)),
  ].join('\n\n');
}

const DRAFT = 'draft, never released: 6100';
const NAME_ONLY = 'known by name alone: 6100';

function byName(rows: string[][]): string[][] {
  const nameOf = ([cell = '']: string[]) => cell.replace('[', '');
  return rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function link(test: string | null): string {
  return test === null ? '**no test**' : `[${test}](../${test})`;
}
