/** The thread that reads headers: one file after another, because reading is synchronous. */
import { parentPort } from 'node:worker_threads';
import { readHeaders } from './headers.ts';
import type { Headers } from './output.ts';

/** What the thread answers: the headers, or null where ffprobe has to look, with the doubt. */
export type Reading = { headers: Headers; doubt: null } | { headers: null; doubt: string };

parentPort!.on('message', (path: string) => {
  let reading: Reading;
  try {
    reading = { headers: readHeaders(path), doubt: null };
  } catch (error) {
    // Whatever it is: ffprobe finds the right words for a missing file as well.
    reading = { headers: null, doubt: error instanceof Error ? error.message : String(error) };
  }
  parentPort!.postMessage(reading);
});
