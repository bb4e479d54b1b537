import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCaller } from '../../e2e/testing/caller.ts';
import { clipOf, uniqueClip } from '../../e2e/testing/clips.ts';
import { Inbox } from '../../e2e/testing/events.ts';
import { announcement, PART_SIZE, partAt, upload } from '../../e2e/testing/upload.ts';
import { SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome, Skipped } from '../campaign.ts';
import { Crowd } from '../parts/crowd.ts';
import { type Deployment, oneMachine } from '../parts/deployment.ts';
import { callerBy, createFakeClock, type FakeClock } from '../parts/fake-clock.ts';
import { startedBy } from '../parts/watch.ts';

const HOUR = 3600_000;
/** Not so far that an unfinished upload or an old event rightly expires. */
const JUMPS = [5, 0, -5, 0, 1, -1, 11, -11, 0, 0.5, 6, -6, 0];
const JUMPS_SHORT = [5, 0];
const STAY_MS = 8000;
/** What was taken back or held before a jump must be free again within this time. ms. */
const REPAIRED_MS = 90_000;

/** The servers' clock jumps by hours, forward and back, while leases, events and replay records are in use. */
export async function run({ short, random, say }: Circumstances): Promise<Outcome | Skipped> {
  const found = await createFakeClock();
  if (!found)
    return { skipped: 'libfaketime is not installed: apt-get install libfaketime (Debian, Ubuntu)' };
  await using clock = found;
  await using deployed = await oneMachine({ settings: clock.environment });
  const call = callerBy(clock, deployed.url);
  const crowd = new Crowd({ call, url: deployed.url }, { customers: 2, random, patience: REPAIRED_MS });
  const broken: string[] = [];
  const jumps = short ? JUMPS_SHORT : JUMPS;
  for (const hours of jumps) {
    await clock.jump(hours * HOUR);
    say(`the clock is ${hours} h off`);
    // Within the window of two hours a client with the right time is welcome, and so it is at once after a jump back.
    if (Math.abs(hours) <= 1) broken.push(...(await rightClockIsWelcome(deployed, hours)));
    await sleep(STAY_MS);
  }
  const reckoned = await crowd.reckon();
  for (const [name, check] of CHECKS) {
    say(name);
    broken.push(...(await check(deployed, clock)).map((problem) => `${name}: ${problem}`));
  }
  return {
    figures: [
      ['jumps', jumps.map((hours) => `${hours} h`).join(', ')],
      ['further', CHECKS.map(([name]) => name).join('; ')],
      ...reckoned.figures,
      ...(await deployed.watch.figures()),
    ],
    lost: reckoned.lost,
    broken: [...reckoned.broken, ...broken, ...deployed.watch.problems({ maxServer: SERVER_BYTES })],
  };
}

async function rightClockIsWelcome({ url }: Deployment, hours: number): Promise<string[]> {
  const call = createCaller(url);
  const answer = await insist(async () => (await call('DescribeAllClass')).code === 0, 5000);
  return answer ? [] : [`a client with the right time was still refused 5 s after a jump to ${hours} h`];
}

const CHECKS: [name: string, check: (deployed: Deployment, clock: FakeClock) => Promise<string[]>][] = [
  ['an event that was pulled and not confirmed before a jump back comes again', pulledEvent],
  ['a task whose worker was killed before a jump back is done', heldLease],
  ['an upload goes on over jumps', unfinishedUpload],
];

async function pulledEvent({ url }: Deployment, clock: FakeClock): Promise<string[]> {
  const call = callerBy(clock, url);
  await clock.jump(5 * HOUR);
  const { fileId } = await upload(call, await uniqueClip());
  const isThere = async () => {
    const { eventList = [] } = await call('PullEvent');
    return eventList.some(
      ({ eventContent }: { eventContent: { data: { fileId?: string } } }) =>
        eventContent.data.fileId === fileId,
    );
  };
  if (!(await insist(isThere, 20_000))) return ['the event never came at all'];
  await clock.jump(0);
  const came = await insist(isThere, REPAIRED_MS);
  // Those that come later must not find it in their way.
  const inbox = new Inbox();
  if (came) await inbox.pull(call);
  return came ? [] : [`it was hidden for more than ${REPAIRED_MS / 1000} s`];
}

async function heldLease({ url, nodes }: Deployment, clock: FakeClock): Promise<string[]> {
  const [server] = nodes;
  const call = callerBy(clock, url);
  await clock.jump(5 * HOUR);
  const film = await clipOf(
    'lease.mp4',
    '-f lavfi -i testsrc2=size=1280x720:rate=50:duration=20 -c:v libx264 -preset ultrafast',
  );
  const { fileId } = await upload(call, await readFile(film), { isTranscode: 1 });
  if (!(await insist(async () => (await startedBy(server!.pid!)).length > 0, 30_000)))
    return ['no task began'];
  await sleep(1000);
  await server!.kill();
  await clock.jump(0);
  await server!.start();
  const isDone = async () => {
    const { taskList } = (await call('GetTaskList', { fileId, status: 'FINISHED' })).data?.[0] ?? {};
    return (taskList ?? []).length > 0;
  };
  return (await insist(isDone, REPAIRED_MS))
    ? []
    : [`it was not done ${REPAIRED_MS / 1000} s after the restart`];
}

async function unfinishedUpload({ url }: Deployment, clock: FakeClock): Promise<string[]> {
  const call = callerBy(clock, url);
  const bytes = await uniqueClip(2 * PART_SIZE);
  await clock.jump(0);
  await call.upload('InitUpload', announcement(bytes));
  const { params, body } = partAt(bytes, 0);
  const part = await call.upload('UploadPart', params, body);
  if (part.code !== 0) return [`the part was refused: ${part.code} ${part.message}`];
  for (const hours of [6, -6, 0]) {
    await clock.jump(hours * HOUR);
    await sleep(2000);
    const begun = await call.upload('InitUpload', announcement(bytes));
    if (begun.code !== 1)
      return [
        `at ${hours} h the part that was acknowledged is not known any more: ${begun.code} ${begun.message}`,
      ];
  }
  const rest = partAt(bytes, PART_SIZE);
  await call.upload('UploadPart', rest.params, rest.body);
  const finish = await call.upload('FinishUpload', { fileSha: params.fileSha });
  return finish.code === 0 ? [] : [`it could not be finished: ${finish.code} ${finish.message}`];
}

/** Asks until it is so; false when it is not after so many ms. */
async function insist(isSo: () => Promise<boolean>, ms: number): Promise<boolean> {
  for (const deadline = Date.now() + ms; Date.now() < deadline; await sleep(100))
    if (await isSo().catch(() => false)) return true;
  return false;
}
