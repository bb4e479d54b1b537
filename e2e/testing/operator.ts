import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const COMMAND = path.join(import.meta.dirname, '../../packages/sdk/bin/openvod.mjs');
const run = promisify(execFile);

/** What a command wrote. */
export interface Said {
  stdout: string;
  stderr: string;
}

/** `openvod …` on the server's machine; rejects with `code`, `stdout` and `stderr` when it fails. */
export type Operator = (...words: string[]) => Promise<Said>;

/** @param settings environment variables of the service, e.g. where its database is */
export function createOperator(dataDir: string, settings: Record<string, string> = {}): Operator {
  const env = { PATH: process.env.PATH, OPENVOD_DATA_DIR: dataDir, ...settings };
  return (...words) => run(process.execPath, [COMMAND, ...words], { cwd: dataDir, env });
}
