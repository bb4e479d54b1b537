import type { IncomingMessage } from 'node:http';
import { SizedMap } from '../../common/bounds/sized-map.ts';
import type { Clock } from '../../common/clocks/clock.ts';
import { clientOf, domainOf, hostOf } from '../client.ts';
import { appIdOf } from '../target.ts';
import { type Signed, signedOf, whyNot, whyOver } from './key.ts';
import { mayPlay } from './referer.ts';
import { isProtected, type ProtectionRules, type RulesOf } from './rules.ts';
import type { Viewers } from './viewers.ts';

/** What a request that may play gets. */
export interface Pass {
  /** What every line of a playlist carries on, a query without `?`; empty: nothing. */
  query: string;
  /** What a key server is told of the viewer; empty: nothing. */
  token: string;
  /** How much of the beginning plays, s; 0: everything. */
  previewSeconds: number;
  /** Whether no cache may give the answer to somebody else. */
  isPrivate: boolean;
}

/** A pass, or why the request is refused. */
export type Verdict = Pass | { refused: string };

/** Of what is not protected. */
export const OPEN: Pass = { query: '', token: '', previewSeconds: 0, isPrivate: false };

/** The same for who asked with a token. */
export function withToken(verdict: Verdict, token: string): Verdict {
  return 'refused' in verdict ? verdict : { ...verdict, token, isPrivate: true };
}

/** Pictures and lists of pictures are no play requests (docs/wire/delivery.md, Key protection). */
const OPEN_FILES = /\.(jpe?g|png|gif|webp|bmp|avif|vtt)$/i;

/** For addresses that are asked for again. Bytes. */
const MAX_BYTES = 4 * 1024 ** 2;
/** What one takes beside its text. Bytes. */
const ENTRY_BYTES = 600;

/** Decides who may play, nearly always without a promise. */
export class Guard {
  readonly #rulesOf: RulesOf;
  readonly #viewers: Viewers;
  readonly #clock: Clock;
  readonly #trustProxy: boolean;
  readonly #pathAbove: () => string;
  /** By the whole address. */
  readonly #rightOnes = new SizedMap<RightOne>(MAX_BYTES, ({ pass }) => ENTRY_BYTES + pass.query.length);

  constructor(deps: {
    rulesOf: RulesOf;
    viewers: Viewers;
    clock: Clock;
    trustProxy: boolean;
    /** What public addresses have before our paths, without a slash at its end; empty: nothing. */
    pathAbove: () => string;
  }) {
    this.#rulesOf = deps.rulesOf;
    this.#viewers = deps.viewers;
    this.#clock = deps.clock;
    this.#trustProxy = deps.trustProxy;
    this.#pathAbove = deps.pathAbove;
  }

  /** Bytes that are remembered, about. */
  get bytes(): number {
    return this.#rightOnes.bytes;
  }

  /** Rejects when nobody can say what protects the application. */
  judge(request: IncomingMessage): Verdict | Promise<Verdict> {
    const host = hostOf(request, this.#trustProxy);
    const rules = this.#rulesOf(appIdOf(request.url!), domainOf(host));
    return rules instanceof Promise
      ? rules.then((read) => this.#judge(request, host, read))
      : this.#judge(request, host, rules);
  }

  #judge(request: IncomingMessage, host: string, rules: ProtectionRules): Verdict {
    if (!isProtected(rules)) return OPEN;
    const url = request.url!;
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    if (OPEN_FILES.test(path)) return OPEN;
    const { referer = '' } = request.headers;
    if (!mayPlay(rules.referer, referer, host)) {
      return { refused: referer === '' ? 'it names no page' : 'its page may not play it' };
    }
    if (rules.key === null) return { ...OPEN, isPrivate: true };
    return this.#judgeSigned(request, path, rules.key);
  }

  #judgeSigned(request: IncomingMessage, path: string, key: string): Verdict {
    const url = request.url!;
    const remembered = this.#rightOnes.get(url);
    const known = remembered?.key === key ? remembered : null;
    const signed = known?.signed ?? signedOf(url);
    if (typeof signed === 'string') return { refused: signed };
    const now = this.#clock();
    const reason = known ? whyOver(signed, now) : whyNot(key, path, signed, now, this.#pathAbove());
    if (reason !== null) return { refused: reason };
    const { sign, viewers, query, previewSeconds } = signed;
    if (viewers !== null && !this.#viewers.admit(sign, clientOf(request, this.#trustProxy), viewers)) {
      return { refused: 'too many clients have played it' };
    }
    if (known) return known.pass;
    const pass = { query, token: '', previewSeconds, isPrivate: true };
    this.#rightOnes.set(url, { key, signed, pass });
    return pass;
  }
}

/** An address whose signature is right, under the key that says so. */
interface RightOne {
  key: string;
  signed: Signed;
  pass: Pass;
}
