import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import FLAGS from '../../packages/server/node-flags.json' with { type: 'json' };

export interface DemoServer {
  url: string;
  keys: { secretId: string; secretKey: string };
  /** The end of its log. */
  lastWords(): Promise<string>;
  stop(): Promise<void>;
}

const MAIN = path.resolve(import.meta.dirname, '../../packages/server/main.ts');

/**
 * Starts the real server as a child process on a free port, with its data and its log in `folder`. It knows nothing of the
 * settings around it, neither of the environment nor of a `.env` file: a demo must not end up in somebody's database.
 */
export async function startServer(folder: string): Promise<DemoServer> {
  const keys = { secretId: 'AKIDdemo00000000000000000000', secretKey: 'only-for-this-demo' };
  const logFile = path.join(folder, 'server.log');
  const child = spawn(process.execPath, [...FLAGS, MAIN], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      OPENVOD_PORT: '0',
      OPENVOD_HOST: '127.0.0.1',
      OPENVOD_DATA_DIR: path.join(folder, 'data'),
      OPENVOD_SECRET_ID: keys.secretId,
      OPENVOD_SECRET_KEY: keys.secretKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile);
  child.stderr.pipe(log, { end: false });
  const ended = once(child, 'exit');
  const lastWords = async () => (await readFile(logFile, 'utf8')).slice(-2000);
  const listening = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.write(`${line}\n`);
      const address = /^OpenVOD listens on (\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  const url = await Promise.race([listening, ended.then(() => null)]);
  if (url === null) throw new Error(`the server did not start:\n${await lastWords()}`);
  return {
    url,
    keys,
    lastWords,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
