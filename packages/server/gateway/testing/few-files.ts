/** Listeners whose `/file` opens a file and whose `/slow` answers late, until killed; prints the port. For a process that may open few files. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { openListeners } from './open-listeners.ts';

const server = await openListeners((app) => {
  app.get('/file', async () => readFile(import.meta.filename, 'utf8'));
  app.get('/slow', async () => sleep(60_000));
});
console.log(server.port);
