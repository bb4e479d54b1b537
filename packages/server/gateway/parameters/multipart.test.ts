import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseMultipart } from './multipart.ts';

const TYPE = 'multipart/form-data; boundary=----openvod7';

function part(name: string, value: string | Buffer, extra = ''): Buffer {
  const head = `------openvod7\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(value), Buffer.from('\r\n')]);
}

const end = Buffer.from('------openvod7--\r\n');

describe('multipart parser', () => {
  test('a part is a parameter; the line break that Java sends first does not matter', async () => {
    const body = Buffer.concat([
      Buffer.from('\r\n'),
      part('Action', 'CreateClass'),
      part('className', 'a & 中'),
      end,
    ]);
    assert.deepEqual(await parseMultipart(TYPE, body), {
      pairs: [
        ['Action', 'CreateClass'],
        ['className', 'a & 中'],
      ],
      broken: null,
    });
  });

  test('a part may carry a content type, as those of .NET do', async () => {
    const body = Buffer.concat([part('a', '中', '\r\nContent-Type: text/plain; charset=utf-8'), end]);
    assert.deepEqual((await parseMultipart(TYPE, body)).pairs, [['a', '中']]);
  });

  test('files and entityFile are left out', async () => {
    const body = Buffer.concat([
      part('entityFile', 'xx', '; filename="a.mp4"\r\nContent-Type: application/octet-stream'),
      part('entityFile', 'xx'),
      part('other', 'xx', '; filename="b"'),
      part('a', '1'),
      end,
    ]);
    assert.deepEqual((await parseMultipart(TYPE, body)).pairs, [['a', '1']]);
  });

  test('text that is not UTF-8 is named', async () => {
    const body = Buffer.concat([part('a', '1'), part('className', Buffer.from([0xd6, 0xd0])), end]);
    assert.deepEqual(await parseMultipart(TYPE, body), { pairs: [['a', '1']], broken: 'className' });
  });

  for (const [name, type, body] of [
    ['without a boundary', 'multipart/form-data', end],
    ['with another boundary', 'multipart/form-data; boundary=x', part('a', '1')],
    ['cut off', TYPE, part('a', '1')],
    ['empty', TYPE, Buffer.alloc(0)],
  ] as const) {
    test(`a body ${name} is refused`, async () => {
      await assert.rejects(parseMultipart(type, body));
    });
  }

  test('whatever comes, it answers', async () => {
    const noise = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
    const pieces = fc.array(
      fc.oneof(
        noise,
        fc.constantFrom(part('a', '1'), end, Buffer.from('------openvod7\r\n'), Buffer.from('\r\n\r\n')),
      ),
    );
    await fc.assert(
      fc.asyncProperty(pieces, async (given) => {
        await parseMultipart(TYPE, Buffer.concat(given)).catch((error) => assert.ok(error instanceof Error));
      }),
    );
  });
});
