import { setTimeout as sleep } from 'node:timers/promises';
import { SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome, Skipped } from '../campaign.ts';
import { oneMachine } from '../parts/deployment.ts';
import { Mailbox } from '../parts/mailbox.ts';
import { lossesOf } from '../parts/observe.ts';
import { Operator } from '../parts/operator.ts';
import { mountSmallDisk, type SmallDisk } from '../parts/small-disk.ts';

/** Above the 1024 MiB that must stay free by default, so that uploads begin well with any setting. */
const DISK_MIB = 1400;
const INODES = 20_000;
/** Within this time everything works again once there is room. ms. */
const RECOVERS_MS = 60_000;
const FULL_FOR_MS = 10_000;

/**
 * The disk fills up by uploads and from outside, loses its last inode, and stays full over a restart. The text API and deletion go
 * on, what needs room is refused with a retry, a transcode waits, and with room everything goes on.
 */
export async function run({ short, say }: Circumstances): Promise<Outcome | Skipped> {
  const disk = await mountSmallDisk({ mib: DISK_MIB, inodes: INODES });
  if (!disk) return { skipped: 'needs root, to mount a small file system of its own' };
  await using mounted = disk;
  await using deployed = await oneMachine({ dataDir: mounted.folder });
  const operator = new Operator(deployed.call, RECOVERS_MS);
  const { broken, ledger, service } = operator;
  const mailbox = new Mailbox(service, ledger);
  const rounds = short ? 1 : 10;

  for (let round = 1; round <= rounds; round++) {
    const before = await operator.upload(`round ${round}, with room`);
    if (before === null) broken.push(`round ${round}: an upload was refused though there is room`);
    await operator.textApi(`round ${round}, with room`);

    say(`round ${round}: uploads until it is full`);
    for (let uploads = 0; uploads < DISK_MIB / 8; uploads++)
      if ((await operator.upload('filled by uploads')) === null) break;
    await operator.textApi('filled by uploads');
    await operator.deleteSome('filled by uploads', 0.5);

    say(`round ${round}: filled from outside, in the middle of a transcode`);
    await operator.wholeTask('half of it deleted');
    await mounted.fill();
    await operator.textApi('filled from outside');
    await operator.upload('filled from outside', { mustBeRefused: true });
    await operator.deleteSome('filled from outside', 0.3);
    await mounted.fill();
    await sleep(FULL_FOR_MS);
    await operator.textApi('full for a while');

    say(`round ${round}: restart on a full disk`);
    await deployed.nodes[0]!.stop();
    await mounted.fill();
    await deployed.nodes[0]!.start().catch((error: Error) =>
      broken.push(`no start on a full disk: ${error.message.slice(0, 300)}`),
    );
    if (deployed.nodes[0]!.pid !== null) {
      await operator.textApi('after a restart on a full disk');
      await operator.deleteSome('after a restart on a full disk', 0.3);
    }
    await mounted.empty();
    await deployed.nodes[0]!.start();
    await recovers(operator, mounted, 'there was room again');

    say(`round ${round}: no inode is left`);
    await mounted.fillInodes();
    await operator.textApi('without inodes');
    await operator.upload('without inodes', { mustBeRefused: true });
    await mounted.empty();
    await recovers(operator, mounted, 'there were inodes again');
  }
  await mailbox.settle(90_000);
  await mailbox.stop();
  const lost = [...ledger.missingEvents(), ...(await lossesOf(service, ledger, deployed.url, ''))];
  return {
    figures: [
      ['rounds', rounds],
      ['films', ledger.films.size],
      ['calls of the text API on a full disk', operator.calls],
      ['uploads that were refused for want of room', operator.refused],
      ...service.figures(),
      ...(await deployed.watch.figures()),
    ],
    lost,
    broken: [
      ...broken,
      ...mailbox.problems,
      ...ledger.failedTasks(),
      ...deployed.watch.problems({ maxServer: SERVER_BYTES }),
    ],
  };
}

async function recovers(operator: Operator, disk: SmallDisk, when: string): Promise<void> {
  const deadline = Date.now() + RECOVERS_MS;
  // What was uploaded keeps its room: the first thing to do on a full disk is to delete.
  await operator.deleteSome(when, 1);
  while ((await operator.upload(when)) === null) {
    if (Date.now() > deadline) {
      const free = Math.round((await disk.free()) / 1024 ** 2);
      operator.broken.push(
        `uploads were still refused ${RECOVERS_MS / 1000} s after ${when}, with ${free} MiB free`,
      );
      return;
    }
    await sleep(500);
  }
}
