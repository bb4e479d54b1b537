import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { APP, openEvents } from './testing/fixture.ts';

const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** Runs `body` in a process of its own, with `events`, `emit` and `pull` at hand, and kills it once it has said enough. */
async function runAndKill({ url, dataDir }: TestDatabase, lines: number, body: string): Promise<string[]> {
  const script = `
    const { openDatabase } = await import(${module('../database/index.ts')});
    const { openEvents } = await import(${module('./testing/fixture.ts')});
    const database = await openDatabase(${JSON.stringify(url)}, ${JSON.stringify(dataDir)});
    const { events, emit, pull } = openEvents(database, { config: { maxPull: 3 } });
    ${body}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === lines) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL');
  return said;
}

describeOnBothDatabases('events through kill -9', (open) => {
  test('every acknowledged event is delivered, though emitter and puller were killed', async () => {
    await using fixture = await open();
    const emitted = await runAndKill(
      fixture,
      25,
      `for (let n = 0; ; n++) {
         await emit({ n });
         console.log(n);
       }`,
    );
    // Confirms all it can; what it had pulled but not confirmed when it died must come again.
    const confirmed = await runAndKill(
      fixture,
      10,
      `for (;;) {
         const pulled = await pull();
         for (const { handle, content } of pulled) {
           console.log(content.data.n);
           await events.confirm('${APP}', [handle]);
         }
       }`,
    );
    const { pull } = openEvents(fixture.database, { clock: () => Date.now() + 30_000 });
    const delivered = new Set(confirmed.map(Number));
    for (;;) {
      const pulled = await pull();
      for (const { content } of pulled) delivered.add(content.data.n as number);
      if (pulled.length === 0) break;
    }
    for (const n of emitted.map(Number)) assert.ok(delivered.has(n), `event ${n} was lost`);
  });
});
