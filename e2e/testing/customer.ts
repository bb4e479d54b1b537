import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Params } from './caller.ts';
import { uniqueClip } from './clips.ts';
import type { EventData, Inbox } from './events.ts';
import type { Insistence } from './insist.ts';
import { filesOf } from './playable.ts';
import { announcement, PART_SIZE, partAt, sha1 } from './upload.ts';

/** Three parts, the last one short. */
const FILE_BYTES = 2.5 * PART_SIZE;

interface OwnVideo {
  fileId: string;
  sha1: string;
  taskId: string;
}

/**
 * Somebody who uploads one video after the other and has each transcoded, remembers what the service has acknowledged,
 * and insists on it after every break.
 */
export class Customer {
  /** What was uploaded and transcoded. */
  readonly videos: OwnVideo[] = [];
  /** Uploads that were broken off and went on with what the service had kept. */
  resumed = 0;
  readonly #service: Insistence;
  /** The account's events, which somebody else pulls. */
  readonly #inbox: Inbox;
  #stopped = false;
  /** Ends with the transcode of the video that was uploaded last. */
  #underWay: Promise<unknown> | null = null;

  constructor(service: Insistence, inbox: Inbox) {
    this.#service = service;
    this.#inbox = inbox;
  }

  /** Finishes the video that is under way when it is told to stop. */
  async workUntilStopped(): Promise<void> {
    while (!this.#stopped) {
      const bytes = await uniqueClip(FILE_BYTES);
      const fileId = await this.#upload(bytes);
      const transcoding = this.#transcoded(fileId);
      this.#underWay = transcoding;
      const taskId = await transcoding;
      this.#underWay = null;
      this.videos.push({ fileId, sha1: sha1(bytes), taskId });
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  async taskUnderWay(): Promise<void> {
    await this.#underWay;
  }

  async #upload(bytes: Buffer<ArrayBuffer>): Promise<string> {
    const acknowledged = new Set<number>();
    const offsets = Array.from({ length: Math.ceil(bytes.length / PART_SIZE) }, (_, i) => i * PART_SIZE);
    while (acknowledged.size < offsets.length) {
      const caller = this.#service.caller();
      const begun = await this.#service.until((call) => call.upload('InitUpload', wish(bytes)));
      const stored = storedOf(begun);
      if (acknowledged.size > 0) this.resumed++;
      for (const offset of acknowledged) assert.ok(stored.has(offset), `the part at ${offset} was lost`);
      for (const offset of stored) acknowledged.add(offset);
      for (const offset of offsets.filter((one) => !stored.has(one))) {
        const { params, body } = partAt(bytes, offset);
        succeeded(await this.#service.until((call) => call.upload('UploadPart', params, body)));
        acknowledged.add(offset);
        // After a break it asks anew what is there.
        if (this.#service.caller() !== caller) break;
      }
    }
    const { fileId } = succeeded(
      await this.#service.until((call) => call.upload('FinishUpload', { fileSha: sha1(bytes) })),
    );
    return fileId;
  }

  /** Waits for both events of the upload and looks that the task has ended well; resolves to its id. */
  async #transcoded(fileId: string): Promise<string> {
    const announced = await this.#event(fileId, 'NewFileUpload');
    const completed = await this.#event(fileId, 'TranscodeComplete');
    assert.equal(completed.vodTaskId, announced.transcodeTaskId);
    assert.equal(completed.status, 0, completed.message);
    const task = await this.#service.until((call) => call('GetTaskInfo', { vodTaskId: completed.vodTaskId }));
    assert.equal(succeeded(task).status, 'FINISHED', 'its end was told of, so it has ended');
    return completed.vodTaskId;
  }

  async #event(fileId: string, eventType: string): Promise<EventData> {
    for (;;) {
      const [found] = this.#inbox.about(fileId, eventType);
      if (found) return found;
      await sleep(20);
    }
  }

  /** Everything it was told is still so; resolves to the object keys of its videos. */
  async checkVideos(): Promise<string[]> {
    const call = this.#service.caller()!;
    const keys: string[] = [];
    for (const { fileId, sha1: expected, taskId } of this.videos) {
      const { files, playSet } = await filesOf(call, fileId);
      assert.deepEqual(
        playSet.map(({ definition }) => definition).toSorted((a, b) => a - b),
        [0, 10, 210],
      );
      assert.equal(sha1(files.get(playSet.find(({ definition }) => definition === 0)!.url)!), expected);
      const taskList = await call('GetTaskList', { fileId, status: 'FINISHED' });
      assert.deepEqual(
        taskList.data[0].taskList.map((task: { vodTaskId: string }) => task.vodTaskId),
        [taskId],
      );
      for (const url of files.keys()) keys.push(new URL(url).pathname.slice(1));
    }
    return keys;
  }
}

function wish(bytes: Uint8Array): Params {
  return announcement(bytes, { isTranscode: 1 });
}

/** Offsets of the parts that the service says it has. */
function storedOf(begun: Answer): Set<number> {
  assert.ok(begun.code === 0 || begun.code === 1, begun.message);
  return new Set((begun.listParts ?? []).map(({ offset }: { offset: number }) => offset));
}

function succeeded(answer: Answer): Answer {
  assert.equal(answer.code, 0, answer.message);
  return answer;
}
