import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { checkConditions, rangeApplies } from './conditions.ts';
import { type ByteRange, parseRange } from './ranges.ts';
import { CORS_HEADERS, type Representation } from './representation.ts';

/** What to send for a request: everything but the bytes themselves. */
export interface Answer {
  status: number;
  /** Flat list of names and values. */
  headers: readonly string[];
  /** Text as it is, ranges as bytes of the representation. */
  body: readonly (string | ByteRange)[];
}

/** Decides what a GET or HEAD is answered (RFC 9110, sections 13 to 15). `now` in ms since the epoch. */
export function answerTo(
  method: string,
  headers: IncomingHttpHeaders,
  representation: Representation,
  now: number,
): Answer {
  const condition = checkConditions(headers, representation);
  // 15.4.5: a 304 has no content, but the headers that update the client's copy.
  if (condition === 304) return { status: 304, headers: representation.headers, body: [] };
  if (condition === 412) return refusal(412);

  const { size } = representation;
  // 14.2: range handling is defined for GET only.
  if (headers.range !== undefined && method === 'GET') {
    const applies = rangeApplies(headers['if-range'] as string | undefined, representation, now);
    const asked = applies ? parseRange(headers.range, size) : ({ kind: 'whole' } as const);
    // 15.5.17: a 416 to a byte-range request says how long the representation is.
    if (asked.kind === 'unsatisfiable') return refusal(416, ['Content-Range', `bytes */${size}`]);
    if (asked.kind === 'ranges') return partial(representation, asked.ranges);
  }
  const whole = size === 0 ? [] : [{ start: 0, end: size - 1 }];
  return { status: 200, headers: representation.wholeHeaders, body: whole };
}

/** An answer without the resource. */
export function refusal(status: number, headers: readonly string[] = []): Answer {
  const all = [...headers, 'Content-Length', '0', 'Cache-Control', 'no-store'];
  return { status, headers: [...all, 'X-Content-Type-Options', 'nosniff', ...CORS_HEADERS], body: [] };
}

/** Length of an answer's body, bytes. */
function bodyLength(answer: Answer): number {
  return answer.body.reduce(
    (sum, part) => sum + (typeof part === 'string' ? part.length : part.end - part.start + 1),
    0,
  );
}

function partial(representation: Representation, ranges: readonly ByteRange[]): Answer {
  const { headers, size, contentType } = representation;
  const [first] = ranges;
  // 15.3.7.1: "If a single part is being transferred, the server … MUST generate a Content-Range header field".
  if (ranges.length === 1) {
    const length = String(first!.end - first!.start + 1);
    const more = ['Content-Range', contentRange(first!, size), 'Content-Length', length];
    return { status: 206, headers: [...headers, ...more], body: ranges };
  }
  // 15.3.7.2 and 14.6: several parts, each with its own Content-Range, and none in the header section.
  const boundary = randomBytes(16).toString('hex');
  const body = ranges.flatMap((range, index) => [
    `${index > 0 ? '\r\n' : ''}--${boundary}\r\nContent-Type: ${contentType}\r\n` +
      `Content-Range: ${contentRange(range, size)}\r\n\r\n`,
    range,
  ]);
  const answer = { status: 206, headers, body: [...body, `\r\n--${boundary}--\r\n`] };
  const type = `multipart/byteranges; boundary=${boundary}`;
  const others = headers.flatMap((name, index) =>
    index % 2 === 0 && name !== 'Content-Type' ? [name, headers[index + 1]!] : [],
  );
  return {
    ...answer,
    headers: [...others, 'Content-Type', type, 'Content-Length', String(bodyLength(answer))],
  };
}

function contentRange({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}
