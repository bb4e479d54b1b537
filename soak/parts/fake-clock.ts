import { globSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Settings } from '../../e2e/harness.ts';
import { type Caller, createCaller, type Params } from '../../e2e/testing/caller.ts';

/** Where Debian (`apt-get install libfaketime`) and others put it. */
const LIBRARIES = [
  '/usr/lib/*/faketime/libfaketimeMT.so.1',
  '/usr/lib/faketime/libfaketimeMT.so.1',
  '/usr/lib64/faketime/libfaketimeMT.so.1',
];
/** A call that was on its way when the clock jumped is sent again for so long. ms. */
const JUST_JUMPED_MS = 5000;
const REPLAY = 4500;

/** The wall clock of servers, apart from that of this machine. */
export interface FakeClock extends AsyncDisposable {
  /** Environment of a server that lives by this clock; time that only passes is left as it is. */
  environment: Settings;
  /** How far it is ahead of the machine's, ms. */
  shift(): number;
  jump(shift: number): Promise<void>;
}

/** Null where libfaketime is not installed. */
export async function createFakeClock(): Promise<FakeClock | null> {
  const [library] = globSync(LIBRARIES);
  if (library === undefined) return null;
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-clock-'));
  const file = path.join(folder, 'shift');
  let shift = 0;
  const jump = async (ms: number) => {
    // Never half written: servers read it at every look at the clock.
    await writeFile(`${file}.new`, `${ms < 0 ? '' : '+'}${ms / 1000}\n`);
    await rename(`${file}.new`, file);
    shift = ms;
  };
  await jump(0);
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      // A jump of the wall clock is what NTP or a person does; no machine's monotonic clock jumps.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    },
    shift: () => shift,
    jump,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Calls of a client whose clock goes with the servers'. */
export function callerBy({ shift }: FakeClock, url: string): Caller {
  const call = createCaller(url);
  const now = (params: Params = {}) => ({ ...params, Timestamp: Math.floor((Date.now() + shift()) / 1000) });
  const again = async (attempt: () => ReturnType<Caller>) => {
    for (const deadline = Date.now() + JUST_JUMPED_MS; ; ) {
      const answer = await attempt();
      const isEarly =
        answer.code === REPLAY || (answer.code === -10001 && answer.message.includes('Timestamp'));
      if (!isEarly || Date.now() > deadline) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  return Object.assign(
    (action: string, params?: Params, options?: { method?: 'GET' | 'POST' }) =>
      again(() => call(action, now(params), options)),
    {
      upload: (action: string, params: Params, body?: Uint8Array<ArrayBuffer>) =>
        again(() => call.upload(action, now(params), body)),
    },
  );
}
