import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Caller } from '../../e2e/testing/caller.ts';
import { clipOf, uniqueClip } from '../../e2e/testing/clips.ts';
import { announcement, md5, sha1 } from '../../e2e/testing/upload.ts';
import { Ledger } from '../model/ledger.ts';
import { DEFINITIONS } from './deployment.ts';
import { GaveUp, Insistence, isPassing } from './insistence.ts';
import { uploadOnce } from './upload-once.ts';

const PART = 4 * 1024 ** 2;
const FILE_BYTES = 6 * PART;

/** Somebody who knows what must work on a full disk. */
export class Operator {
  readonly broken: string[] = [];
  readonly ledger = new Ledger(DEFINITIONS);
  readonly service: Insistence;
  refused = 0;
  calls = 0;
  readonly #call: Caller;

  /** `patience`: ms that a call which needs room may wait for it. */
  constructor(call: Caller, patience: number) {
    this.#call = call;
    this.service = new Insistence(call, { patience });
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
