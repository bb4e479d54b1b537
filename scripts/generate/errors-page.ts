import {
  ACTIONS,
  FLOW_ERRORS,
  PROCESSING_ERRORS,
  PUBLIC_ERRORS,
  UPLOAD_ERROR_LIST,
} from '../../packages/contract/v2/index.ts';
import { HEADER, page } from './markdown.ts';
import { table } from './table.ts';

/** `docs/api/errors.md`: every code that can be met, in one place. */
export function errorsPage(): string {
  return page([
    HEADER,
    '# Errors',
    'An answer whose `code` is not 0 reports an error; `message` says what is wrong and names the parameter. The HTTP status is 200 all the same.',
    '## Public errors',
    table(
      ['Code', 'codeDesc'],
      Object.entries(PUBLIC_ERRORS).map(([name, code]) => [String(code), name]),
    ),
    '## Upload calls',
    'All calls of uploads answer these, beside codes of their own where they have some; send the same call again only when `canRetry` is 1.',
    table(
      ['Code', 'Meaning'],
      UPLOAD_ERROR_LIST.map(({ code, meaning }) => [String(code), meaning]),
    ),
    '## Codes of actions',
    'Codes marked "internal error" are documented for the original service. OpenVOD answers 6000 for faults of its own, and 6200 while it cannot reach its database: nothing was done then, and the call may be repeated.',
    table(['Code', 'Meaning', 'Actions'], actionErrors()),
    '## Failed processing',
    'These travel in events and in GetTaskInfo, not in the `code` of an answer. Sub-tasks of task flows carry:',
    table(
      ['Code', 'Meaning'],
      [
        [String(FLOW_ERRORS.sourceFaulty), 'the source file is faulty'],
        [String(FLOW_ERRORS.systemFailure), 'system failure or unknown'],
      ],
    ),
    'Single tasks (`status` of TranscodeComplete) carry:',
    table(
      ['Code', 'While', 'Meaning'],
      PROCESSING_ERRORS.map(({ code, stage, meaning }) => [String(code), stage, meaning]),
    ),
  ]);
}

/** One row for each code and meaning, with the actions that list it. */
function actionErrors(): string[][] {
  const rows = new Map<string, { code: number; meaning: string; actions: string[] }>();
  for (const action of ACTIONS) {
    for (const error of action.errors) {
      if (UPLOAD_ERROR_LIST.includes(error)) continue;
      const { code, meaning } = error;
      const key = `${code} ${meaning}`;
      const row = rows.get(key) ?? { code, meaning, actions: [] };
      row.actions.push(action.name);
      rows.set(key, row);
    }
  }
  return [...rows.values()]
    .toSorted((a, b) => a.code - b.code || a.meaning.localeCompare(b.meaning, 'en'))
    .map(({ code, meaning, actions }) => [String(code), meaning, actions.join(', ')]);
}
