import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { clipOf } from '../../e2e/testing/clips.ts';
import { sha1, upload } from '../../e2e/testing/upload.ts';
import { SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome, Skipped } from '../campaign.ts';
import { Ledger } from '../model/ledger.ts';
import { DEFINITIONS, type ManyMachines, manyMachines } from '../parts/deployment.ts';
import { Insistence } from '../parts/insistence.ts';
import { Mailbox } from '../parts/mailbox.ts';
import type { Node } from '../parts/node.ts';
import { lossesOf } from '../parts/observe.ts';
import { startedBy } from '../parts/watch.ts';

/** A worker that is not heard of for this long loses its task (docs/operations.md). ms. */
const LEASE_MS = 30_000;
/** Beyond the lease the other worker needs to see it and to do the work. ms. */
const DONE_WITHIN_MS = LEASE_MS + 60_000;
const TASK_BEGINS_MS = 30_000;

/** A worker is stopped in the middle of a task for longer than its lease and then goes on: somebody else does the task, once. */
export async function run({ short, say }: Circumstances): Promise<Outcome | Skipped> {
  const rounds = short ? 1 : 10;
  const deployment = await manyMachines();
  if (!deployment) return { skipped: 'PostgreSQL is not installed: apt-get install postgresql' };
  await using deployed = deployment;
  const ledger = new Ledger(DEFINITIONS);
  const service = new Insistence(deployed.call);
  const mailbox = new Mailbox(service, ledger);
  const broken: string[] = [];
  const waits: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // By turns a process that hangs while its ffmpeg goes on, and a whole machine that sleeps.
    const whole = round % 2 === 1;
    const waited = await freezeOnce(deployed, ledger, { whole, round });
    if (typeof waited === 'string') broken.push(waited);
    else waits.push(waited);
    say(
      `${round + 1} of ${rounds}: ${typeof waited === 'string' ? waited : `done by another after ${Math.round(waited / 1000)} s`}`,
    );
  }
  await mailbox.settle(30_000);
  // What the frozen worker might still do wrong happens after it goes on.
  await sleep(5000);
  await mailbox.stop();
  for (const fileId of ledger.films.keys()) {
    const told = ledger.events.filter(
      (event) => event.type === 'TranscodeComplete' && event.fileId === fileId,
    );
    if (told.length > 1) broken.push(`${told.length} ends of one task were told of: ${fileId}`);
  }
  return {
    figures: [
      ['workers frozen', rounds],
      ['longest until another had done the task', `${Math.round(Math.max(...waits, 0) / 1000)} s`],
      ...service.figures(),
      ...(await deployed.watch.figures()),
    ],
    lost: [...ledger.missingEvents(), ...(await lossesOf(service, ledger, deployed.url, ''))],
    broken: [
      ...broken,
      ...mailbox.problems,
      ...ledger.failedTasks(),
      ...deployed.watch.problems({ maxServer: SERVER_BYTES }),
    ],
  };
}

/** Resolves to the ms from the freeze to the end of the task, or to what went wrong. */
async function freezeOnce(
  { call, nodes }: ManyMachines,
  ledger: Ledger,
  { whole, round }: { whole: boolean; round: number },
): Promise<number | string> {
  const film = await clipOf(
    `film-${round}.mp4`,
    `-f lavfi -i testsrc2=size=1280x720:rate=50:duration=20:alpha=${255 - round} -c:v libx264 -preset ultrafast`,
  );
  const bytes = await readFile(film);
  const { fileId } = await upload(call, bytes, { isTranscode: 1 });
  ledger.uploaded(fileId, sha1(bytes), { transcodes: true });
  const found = await whoWorks(nodes);
  if (!found) return `no worker began ${fileId} within ${TASK_BEGINS_MS / 1000} s, or it ended unseen`;
  const { node, children } = found;
  const frozenAt = Date.now();
  const signal = (name: NodeJS.Signals) => {
    node.signal(name);
    if (whole) for (const pid of children) trySignal(pid, name);
  };
  signal('SIGSTOP');
  try {
    while (!ledger.has('TranscodeComplete', fileId)) {
      if (Date.now() - frozenAt > DONE_WITHIN_MS)
        return `${fileId} was not done by another within ${DONE_WITHIN_MS / 1000} s`;
      await sleep(100);
    }
    const took = Date.now() - frozenAt;
    await sleep(Math.max(0, LEASE_MS + 2000 - took));
    return took;
  } finally {
    signal('SIGCONT');
  }
}

/** The worker whose ffmpeg runs, and all that it has started. */
async function whoWorks(nodes: Node[]): Promise<{ node: Node; children: number[] } | null> {
  const deadline = Date.now() + TASK_BEGINS_MS;
  while (Date.now() < deadline) {
    for (const node of nodes.filter(({ role, pid }) => role === 'worker' && pid !== null)) {
      const children = await startedBy(node.pid!);
      for (const pid of children) {
        const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
        if (/(^|\/)ffmpeg\0/.test(command)) return { node, children };
      }
    }
    await sleep(10);
  }
  return null;
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
