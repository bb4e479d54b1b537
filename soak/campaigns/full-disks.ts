import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Caller } from '../../e2e/testing/caller.ts';
import { clipOf, uniqueClip } from '../../e2e/testing/clips.ts';
import { announcement, md5, sha1 } from '../../e2e/testing/upload.ts';
import { SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome, Skipped } from '../campaign.ts';
import { Ledger } from '../model/ledger.ts';
import { DEFINITIONS, oneMachine } from '../parts/deployment.ts';
import { GaveUp, Insistence, isPassing } from '../parts/insistence.ts';
import { Mailbox } from '../parts/mailbox.ts';
import { lossesOf } from '../parts/observe.ts';
import { mountSmallDisk, type SmallDisk } from '../parts/small-disk.ts';
import { uploadOnce } from '../parts/upload-once.ts';

/** Above the default of the room that must stay free (docs/configuration.md), so that uploads begin well. */
const DISK_MIB = 1400;
const INODES = 20_000;
const PART = 4 * 1024 ** 2;
const FILE_BYTES = 6 * PART;
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
  const operator = new Operator(deployed.call);
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

/** Somebody who knows what must work on a full disk. */
class Operator {
  readonly broken: string[] = [];
  readonly ledger = new Ledger(DEFINITIONS);
  readonly service: Insistence;
  refused = 0;
  calls = 0;
  readonly #call: Caller;

  constructor(call: Caller) {
    this.#call = call;
    this.service = new Insistence(call, { patience: RECOVERS_MS });
  }

  /** Every call must succeed at the first attempt. */
  async textApi(when: string): Promise<void> {
    const [fileId] = this.#kept();
    const calls: [string, Record<string, string>][] = [
      ['DescribeAllClass', {}],
      ['DescribeVodInfo', {}],
      ['PullEvent', {}],
    ];
    if (fileId !== undefined)
      calls.push(['DescribeVodPlayUrls', { fileId }], ['ModifyVodInfo', { fileId, fileName: when }]);
    for (const [action, params] of calls) await this.#must(when, action, params);
  }

  async deleteSome(when: string, part: number): Promise<void> {
    const kept = this.#kept();
    for (const fileId of kept.slice(0, Math.ceil(kept.length * part))) {
      this.ledger.deleting(fileId);
      const answer = await this.#must(when, 'DeleteVodFile', { fileId, priority: '0' });
      if (answer?.code === 0) this.ledger.deleted(fileId);
    }
  }

  /** Resolves to null when it is refused; the refusal must ask for another attempt. */
  async upload(when: string, { mustBeRefused = false } = {}): Promise<string | null> {
    const bytes = await uniqueClip(FILE_BYTES);
    const fileSha = sha1(bytes);
    const steps: (() => Promise<Answer>)[] = [
      () => this.#call.upload('InitUpload', announcement(bytes, { dataSize: PART })),
    ];
    for (let offset = 0; offset < bytes.length; offset += PART) {
      const body = bytes.subarray(offset, offset + PART);
      steps.push(() =>
        this.#call.upload('UploadPart', { fileSha, offset, dataSize: body.length, dataMd5: md5(body) }, body),
      );
    }
    steps.push(() => this.#call.upload('FinishUpload', { fileSha }));
    let answer: Answer | undefined;
    for (const step of steps) {
      try {
        answer = await step();
      } catch (error) {
        this.broken.push(`${when}: an upload was cut off: ${(error as Error).message}`);
        return null;
      }
      if (answer.code === 0 || answer.code === 1) continue;
      this.refused++;
      if (!isPassing(answer))
        this.broken.push(`${when}: an upload was refused for good: ${answer.code} ${answer.message}`);
      return null;
    }
    const fileId: string = answer!.fileId;
    this.ledger.uploaded(fileId, fileSha, { transcodes: false });
    if (mustBeRefused) this.broken.push(`${when}: an upload of ${FILE_BYTES} bytes was taken`);
    return fileId;
  }

  /** Starts a task that is at work for some seconds; its end is owed. */
  async wholeTask(when: string): Promise<void> {
    const film = await clipOf(
      'full-disk.mp4',
      '-f lavfi -i testsrc2=size=1280x720:rate=50:duration=20 -c:v libx264 -preset ultrafast',
    );
    const bytes = Buffer.concat([await readFile(film), await uniqueBox()]);
    try {
      const fileId = await uploadOnce(this.service, bytes, { isTranscode: 1 });
      this.ledger.uploaded(fileId, sha1(bytes), { transcodes: true });
      // So that it is at work.
      await sleep(1500);
    } catch (error) {
      if (!(error instanceof GaveUp)) throw error;
      this.broken.push(`${when}: ${error.message}`);
    }
  }

  async #must(when: string, action: string, params: Record<string, string>): Promise<Answer | null> {
    this.calls++;
    try {
      const answer = await this.#call(action, params);
      if (answer.code !== 0) this.broken.push(`${when}: ${action} answered ${answer.code} ${answer.message}`);
      return answer;
    } catch (error) {
      this.broken.push(`${when}: ${action}: ${(error as Error).message}`);
      return null;
    }
  }

  /** Films that may be deleted: not those whose task is to be seen to its end. */
  #kept(): string[] {
    return [...this.ledger.films.values()]
      .filter(({ fate, transcodes }) => fate === 'kept' && !transcodes)
      .map(({ fileId }) => fileId);
  }
}

/** Bytes behind a film that players skip, so that no two are the same. */
async function uniqueBox(): Promise<Buffer> {
  const clip = await uniqueClip();
  return clip.subarray(clip.length - 24);
}
