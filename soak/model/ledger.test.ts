import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Ledger, type SeenEvent, type SeenFilm } from './ledger.ts';

const DEFINITIONS = [10, 210];
const WHOLE: SeenFilm = {
  exists: true,
  sha1: 'abc',
  outputs: new Map([
    [10, null],
    [210, null],
  ]),
};
const GONE: SeenFilm = { exists: false, sha1: null, outputs: new Map() };
const UPLOADED: SeenEvent = { type: 'NewFileUpload', fileId: '1' };
const ENDED: SeenEvent = { type: 'TranscodeComplete', fileId: '1', taskId: 't', status: 0 };
const FAILED: SeenEvent = { ...ENDED, status: -1 };

type Doing = 'delete' | 'ask to delete' | 'convert';

/** A ledger with one film of SHA-1 `abc`, what was done to it and what was told of it. */
function ledgerOf(doings: Doing[], events: SeenEvent[]): Ledger {
  const ledger = new Ledger(DEFINITIONS);
  ledger.uploaded('1', 'abc', { transcodes: true });
  for (const doing of doings) {
    if (doing === 'convert') ledger.started('1', 'second');
    else ledger.deleting('1');
    if (doing === 'delete') ledger.deleted('1');
  }
  for (const event of events) ledger.told(event);
  return ledger;
}

const outcomes: [what: string, doings: Doing[], events: SeenEvent[], seen: SeenFilm, losses: string[]][] = [
  ['all is there', [], [UPLOADED, ENDED], WHOLE, []],
  ['no film', [], [UPLOADED, ENDED], GONE, ['1 is gone']],
  ['no bytes', [], [UPLOADED, ENDED], { ...WHOLE, sha1: null }, ['the bytes of 1 are gone']],
  [
    'other bytes',
    [],
    [UPLOADED, ENDED],
    { ...WHOLE, sha1: 'abd' },
    ['the bytes of 1 are others: abd, not abc'],
  ],
  [
    'an output is not listed',
    [],
    [UPLOADED, ENDED],
    { ...WHOLE, outputs: new Map([[10, null]]) },
    ['output 210 of 1 is gone, though its task ended well'],
  ],
  ['no output while the task is at work', [], [UPLOADED], { ...WHOLE, outputs: new Map() }, []],
  ['no output of a task that failed', [], [UPLOADED, FAILED], { ...WHOLE, outputs: new Map() }, []],
  [
    'a listed output does not play',
    [],
    [UPLOADED],
    { ...WHOLE, outputs: new Map([[10, 'answers 404']]) },
    ['output 10 of 1: answers 404'],
  ],
  ['deleted and gone', ['delete'], [UPLOADED, ENDED], GONE, []],
  ['deleted and listed', ['delete'], [UPLOADED, ENDED], WHOLE, ['1 came back after its deletion']],
  [
    'deleted, not listed, and playing',
    ['delete'],
    [UPLOADED, ENDED],
    { ...GONE, sha1: 'abc' },
    ['1 came back after its deletion'],
  ],
  ['perhaps deleted and gone', ['ask to delete'], [UPLOADED, ENDED], GONE, []],
  ['perhaps deleted and there', ['ask to delete'], [UPLOADED, ENDED], WHOLE, []],
  [
    'perhaps deleted and half there',
    ['ask to delete'],
    [UPLOADED, ENDED],
    { ...WHOLE, sha1: null },
    ['the bytes of 1 are gone'],
  ],
];

for (const [what, doings, events, seen, losses] of outcomes) {
  test(`${what}: ${losses.length === 0 ? 'nothing is lost' : losses[0]}`, () => {
    const ledger = ledgerOf(doings, events);
    assert.deepEqual(ledger.lossesOf(ledger.films.get('1')!, seen), losses);
  });
}

const owed: [what: string, doings: Doing[], events: SeenEvent[], missing: string[]][] = [
  ['nothing was told', [], [], ['NewFileUpload 1', 'TranscodeComplete 1']],
  ['all was told', [], [UPLOADED, ENDED], []],
  ['all was told twice', [], [UPLOADED, ENDED, ENDED, UPLOADED], []],
  ['the end of another task was told', ['convert'], [UPLOADED, ENDED], ['TranscodeComplete 1 second']],
  ['both ends were told', ['convert'], [UPLOADED, ENDED, { ...ENDED, taskId: 'second' }], []],
  ['a deletion was not told', ['delete'], [UPLOADED, FAILED], ['FileDeleted 1']],
  ['a deletion that may not have been', ['ask to delete'], [UPLOADED, ENDED], []],
  ['another film was told of', [], [{ ...UPLOADED, fileId: '2' }, ENDED], ['NewFileUpload 1']],
];

for (const [what, doings, events, missing] of owed) {
  test(`events: ${what}`, () => {
    const sentences = missing.map((one) => `the event ${one} never came`);
    assert.deepEqual(ledgerOf(doings, events).missingEvents(), sentences);
  });
}

test('a task that failed counts unless its film was to be deleted', () => {
  assert.equal(ledgerOf([], [FAILED]).failedTasks().length, 1);
  assert.equal(ledgerOf(['ask to delete'], [FAILED]).failedTasks().length, 0);
  assert.equal(ledgerOf([], [ENDED]).failedTasks().length, 0);
});

test('whatever was done, a service that keeps its promises loses nothing, and one that forgets a kept film does', () => {
  const doing = fc.constantFrom<Doing>('delete', 'ask to delete', 'convert');
  fc.assert(
    fc.property(fc.array(doing, { maxLength: 6 }), (doings) => {
      const events: SeenEvent[] = [
        UPLOADED,
        ENDED,
        { ...ENDED, taskId: 'second' },
        { type: 'FileDeleted', fileId: '1' },
      ];
      const ledger = ledgerOf(doings, events);
      const film = ledger.films.get('1')!;
      assert.deepEqual(ledger.missingEvents(), []);
      assert.deepEqual(ledger.lossesOf(film, film.fate === 'deleted' ? GONE : WHOLE), []);
      const wrong = film.fate === 'deleted' ? WHOLE : GONE;
      assert.equal(ledger.lossesOf(film, wrong).length, film.fate === 'perhaps deleted' ? 0 : 1);
    }),
  );
});
