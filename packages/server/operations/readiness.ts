import type { Logger } from '../common/log.ts';

/** A part that the service cannot do without, e.g. the database; `check` rejects when something is wrong with it. */
export interface Dependency {
  name: string;
  /** @throws Impaired, whose words strangers may read; anything else is for the log only */
  check(): Promise<void>;
}

/** What is wrong with a dependency, without paths or secrets. */
export class Impaired extends Error {
  override name = 'Impaired';
  /** Whether the node should still get requests: most of them can be served. */
  readonly serves: boolean;

  constructor(why: string, { serves, cause }: { serves: boolean; cause?: unknown }) {
    super(why, { cause });
    this.serves = serves;
  }
}

/** What `/readyz` says of one dependency. */
export interface Finding {
  ok: boolean;
  /** In a few words, when it is not. */
  why?: string;
}

export interface Readiness {
  ready: boolean;
  checks: Record<string, Finding>;
  /** Names of those for which it is not ready. */
  failing: string[];
}

const CHECK_TIMEOUT_MS = 3_000;

/** Asks every dependency, each for 3 s at most. */
export async function readinessOf(dependencies: readonly Dependency[], log: Logger): Promise<Readiness> {
  const failing: string[] = [];
  const findings = dependencies.map(async (one): Promise<[string, Finding]> => {
    try {
      await inTime(one.check());
      return [one.name, { ok: true }];
    } catch (error) {
      const known = error instanceof Impaired ? error : null;
      if (!known?.serves) {
        failing.push(one.name);
        log.warn({ err: error, dependency: one.name }, 'dependency out of reach');
      }
      return [one.name, { ok: false, why: known?.message ?? 'does not answer; the log says why' }];
    }
  });
  const checks = Object.fromEntries(await Promise.all(findings));
  return { ready: failing.length === 0, checks, failing: failing.sort() };
}

async function inTime(checking: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Impaired(`no answer in ${CHECK_TIMEOUT_MS / 1000} s`, { serves: false })),
    CHECK_TIMEOUT_MS,
  );
  try {
    await Promise.race([checking, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
