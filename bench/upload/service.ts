import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { json } from 'node:stream/consumers';
import FLAGS from '../../packages/server/node-flags.json' with { type: 'json' };
import { firstLine } from '../api/child.ts';
import { KEY, serviceSettings } from '../service.ts';

/** Starts a Node process, with the service's flags, on all cores. */
export function spawnNode(
  script: string,
  args: string[] = [],
  env: Record<string, string> = {},
): ChildProcess {
  return spawn(process.execPath, [...FLAGS, `${import.meta.dirname}/${script}`, ...args], {
    // Away from the `.env` file of whoever measures.
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Starts the whole service on its embedded defaults and waits until it listens. */
export async function startService(
  dataDir: string,
  settings: Record<string, string> = {},
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawnNode('../../packages/server/main.ts', [], { ...serviceSettings(dataDir), ...settings });
  const [, port] = await firstLine(child, /listens on \D*(?:[\d.]+:)?(\d+)$/);
  return { child, port: Number(port) };
}

/** Most memory that a process had resident so far, MiB (Linux). */
export async function peakMemory({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** What a client does before it is timed is done: says so and waits for a word. */
export async function waitForStart(): Promise<void> {
  console.log('ready');
  await once(process.stdin, 'data');
}

export interface Answer {
  code: number;
  message: string;
  [field: string]: unknown;
}

/** Signed calls over kept connections. Throws what a call answers other than success. */
export function createCaller(port: number, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let nonce = 0;
  /** Text calls go by GET, upload calls by POST with everything in the query. */
  return async (
    method: 'GET' | 'POST',
    action: string,
    params: Record<string, string | number>,
    body?: Uint8Array,
  ): Promise<Answer> => {
    const common = {
      Action: action,
      Nonce: ++nonce,
      SecretId: KEY.secretId,
      Timestamp: Math.floor(Date.now() / 1000),
    };
    const pairs = Object.entries({ ...common, ...params }).map(([name, value]) => `${name}=${value}`);
    const text = pairs.sort().join('&');
    const plain = `${method}127.0.0.1:${port}/v2/index.php?${text}`;
    const signature = createHmac('sha1', KEY.secretKey).update(plain).digest('base64');
    const path = `/v2/index.php?${text}&Signature=${encodeURIComponent(signature)}`;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const headers = { 'Content-Length': body?.length ?? 0 };
    request({ host: '127.0.0.1', port, method, path, agent, headers }, (response) => {
      json(response).then((answer) => resolve(answer as Answer), reject);
    })
      .on('error', reject)
      .end(body);
    const answer = await promise;
    if (answer.code !== 0) throw new Error(`${action}: ${JSON.stringify(answer)}`);
    return answer;
  };
}
