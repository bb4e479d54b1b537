import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../common/clocks/clock.ts';
import { clientOf, domainOf, hostOf } from '../client.ts';
import { appIdOf } from '../target.ts';
import { signedOf, whyNot } from './key.ts';
import { mayPlay } from './referer.ts';
import { isProtected, type ProtectionRules, type RulesOf } from './rules.ts';
import type { Viewers } from './viewers.ts';

/** What a request that may play gets. */
export interface Pass {
  /** What every line of a playlist carries on, a query without `?`; empty: nothing. */
  query: string;
  /** How much of the beginning plays, s; 0: everything. */
  previewSeconds: number;
  /** Whether no cache may give the answer to somebody else. */
  isPrivate: boolean;
}

/** A pass, or why the request is refused. */
export type Verdict = Pass | { refused: string };

/** Of what is not protected. */
export const OPEN: Pass = { query: '', previewSeconds: 0, isPrivate: false };

/** Pictures and lists of pictures are no play requests (docs/wire/delivery.md, Key protection). */
const OPEN_FILES = /\.(jpe?g|png|gif|webp|bmp|avif|vtt)$/i;

/** Decides who may play, nearly always without a promise. */
export class Guard {
  readonly #rulesOf: RulesOf;
  readonly #viewers: Viewers;
  readonly #clock: Clock;
  readonly #trustProxy: boolean;

  constructor(deps: { rulesOf: RulesOf; viewers: Viewers; clock: Clock; trustProxy: boolean }) {
    this.#rulesOf = deps.rulesOf;
    this.#viewers = deps.viewers;
    this.#clock = deps.clock;
    this.#trustProxy = deps.trustProxy;
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
    if (rules.key === null) return { query: '', previewSeconds: 0, isPrivate: true };
    const signed = signedOf(url);
    if (typeof signed === 'string') return { refused: signed };
    const reason = whyNot(rules.key, path, signed, this.#clock());
    if (reason !== null) return { refused: reason };
    const { sign, viewers, query, previewSeconds } = signed;
    if (viewers !== null && !this.#viewers.admit(sign, clientOf(request, this.#trustProxy), viewers)) {
      return { refused: 'too many clients have played it' };
    }
    return { query, previewSeconds, isPrivate: true };
  }
}
