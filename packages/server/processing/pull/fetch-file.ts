import { freeMemory } from '../../common/free-memory.ts';
import { PullError } from './errors.ts';
import { type FetchContext, fetchInto, type Sink } from './fetch.ts';
import type { PartialFile } from './partial-file.ts';

/** What is noted beside a file that is being fetched. */
export interface FileState {
  /** Where it came from in the end, after redirections: relative addresses in it begin there. */
  url: string;
  validator: string | null;
  /** Nothing is missing any more. */
  isWhole: boolean;
}

export interface FileLimits {
  /** Largest that is taken, bytes. */
  maxBytes: number;
  /** What is wrong with a larger one. */
  tooLarge: () => Error;
  /** Told of every piece; `total` is null while nobody says it, bytes. */
  onProgress: (bytes: number, total: number | null) => void;
}

/**
 * Fetches the file at an address, on from what there is of it. Resolves when all of it is there and durable.
 * @throws what `fetchInto` throws; what `tooLarge` makes
 */
export async function fetchFile(
  url: string,
  file: PartialFile<FileState>,
  { maxBytes, tooLarge, onProgress }: FileLimits,
  context: FetchContext,
): Promise<FileState> {
  if (file.state?.isWhole) return file.state;
  const state = (): FileState => file.state ?? { url, validator: null, isWhole: false };
  let begun = state();
  const sink: Sink = {
    known: () => ({ offset: file.bytes, validator: state().validator }),
    async begin({ url: from, validator, total }) {
      if (total !== null && total > maxBytes) throw tooLarge();
      await file.beginAnew();
      begun = { url: from, validator, isWhole: false };
    },
    async write(chunks, total) {
      const size = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
      if (file.bytes + size > maxBytes) throw tooLarge();
      await file.append(chunks, begun);
      for (const chunk of chunks) freeMemory(chunk);
      onProgress(file.bytes, total);
    },
  };
  await fetchInto(url, sink, context);
  if (file.bytes === 0) throw new PullError('pull.source', 'there is nothing at its address');
  const whole = { ...begun, isWhole: true };
  await file.mark(whole);
  return whole;
}
