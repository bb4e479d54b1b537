import type { Clock } from '../common/clocks/clock.ts';
import { Fresh } from '../common/fresh.ts';
import { LastKnown } from '../common/last-known.ts';
import type { Logger } from '../common/log.ts';
import type { Database, Executor } from '../database/index.ts';
import {
  SETTING_NAMES,
  type SettingFacts,
  type SettingName,
  type SettingTexts,
  type SettingValues,
} from './definitions.ts';
import { type Place, scopeOf, selectDomainSettings, selectSettings, writeSetting } from './rows.ts';
import { definitionOf, problemsOf, readTexts, requirePerDomain, SettingsError } from './values.ts';

/** A setting as an operator sees it. */
export interface ShownSetting {
  name: SettingName;
  /** Empty when there is none. */
  value: string;
  /** Whether it was set here, for the application or the domain; else it comes from the application, or is the default. */
  isSet: boolean;
}

/** Values by name; null brings back the default. */
export type SettingChanges = Readonly<Partial<Record<SettingName, string | null>>>;

/** Settings of applications: what was set, over the defaults of the environment. */
export interface Settings {
  /**
   * What holds for an application, from memory, at most 5 s old.
   * @param db where it is read from when it is older than that: the caller's transaction, where there is one
   */
  of(appId: string, db?: Executor): Promise<SettingValues>;
  /**
   * What holds in a domain of an application (a `Host` without port, in lower case), for playback: nearly always no promise, and
   * when the database does not answer what was known last. Rejects only when nothing is known yet.
   */
  recent(appId: string, domain: string): SettingValues | Promise<SettingValues>;
  /** From the database, in the order of their definition; with a `domain` those that hold there. */
  list(appId: string, domain?: string): Promise<ShownSetting[]>;
  /**
   * Changes some settings of an application, or of one domain of it, all or none. Other processes see it within 5 s.
   * @throws SettingsError with everything that is wrong
   */
  change(appId: string, changes: SettingChanges, domain?: string): Promise<void>;
  /** Whether an application could work with the defaults. @throws SettingsError that names the variables at fault */
  checkDefaults(): Promise<void>;
}

/** Everything that was set, at most 5 s old. */
interface Directory {
  applications: ReadonlyMap<string, SettingValues>;
  /** By `scopeOf` application and domain. */
  domains: ReadonlyMap<string, SettingValues>;
}

export function createSettings(deps: {
  database: Database;
  clock: Clock;
  log: Logger;
  /** From the environment, in the right form. */
  defaults: SettingTexts;
  facts: SettingFacts;
}): Settings {
  const { database, clock, log, defaults, facts } = deps;
  const defaultValues = readTexts({}, defaults, () => {});
  const known = new Fresh(load, clock);
  const last = new LastKnown<Directory>(null);

  async function load(db: Executor): Promise<Directory> {
    const [texts, domainTexts] = [await selectSettings(db), await selectDomainSettings(db)];
    const directory = {
      applications: new Map([...texts].map(([appId, set]) => [appId, valuesOf(appId, set)])),
      domains: new Map(
        [...domainTexts].map(([scope, set]) => {
          const [appId = ''] = scope.split(' ', 1);
          return [scope, valuesOf(appId, { ...texts.get(appId), ...set })];
        }),
      ),
    };
    last.learn(directory);
    return directory;
  }

  function inDomain({ applications, domains }: Directory, appId: string, domain: string): SettingValues {
    const ofDomain = domains.size > 0 ? domains.get(scopeOf(appId, domain)) : undefined;
    return ofDomain ?? applications.get(appId) ?? defaultValues;
  }

  /** What was set in a place, and what holds there when nothing was. */
  async function textsOf(
    db: Executor,
    { appId, domain }: Place,
  ): Promise<{ set: SettingTexts; over: SettingTexts }> {
    const ofApplication = (await selectSettings(db, appId)).get(appId) ?? {};
    if (domain === null) return { set: ofApplication, over: defaults };
    const set = (await selectDomainSettings(db, appId)).get(scopeOf(appId, domain)) ?? {};
    return { set, over: { ...defaults, ...ofApplication } };
  }

  /** What another version wrote may not be right for this one. */
  function valuesOf(appId: string, set: SettingTexts): SettingValues {
    return readTexts(set, defaults, (setting, problem) =>
      log.warn({ appId, setting, problem }, 'a setting cannot be read, its default holds'),
    );
  }

  return {
    async of(appId, db = database.db) {
      return (await known.get(db)).applications.get(appId) ?? defaultValues;
    },

    recent(appId, domain) {
      const directory = last.get(known.get(database.db));
      return directory instanceof Promise
        ? directory.then((read) => inDomain(read, appId, domain))
        : inDomain(directory, appId, domain);
    },

    async list(appId, domain) {
      const { set, over } = await textsOf(database.db, placeOf(appId, domain));
      const names = SETTING_NAMES.filter((name) => domain === undefined || definitionOf(name).perDomain);
      return names.map((name) => ({
        name,
        value: set[name] ?? over[name] ?? definitionOf(name).shownDefault,
        isSet: set[name] !== undefined,
      }));
    },

    async change(appId, changes, domain) {
      const changed = SETTING_NAMES.filter((name) => changes[name] !== undefined);
      const place = placeOf(appId, domain);
      if (domain !== undefined) requirePerDomain(changed);
      if (changed.length === 0) return;
      await database.transaction(async (trx) => {
        const { set: before, over } = await textsOf(trx, place);
        const set: SettingTexts = { ...before };
        for (const name of changed) {
          const value = changes[name] ?? null;
          if (value === null) delete set[name];
          else set[name] = value;
        }
        const problems = await problemsOf(appId, { set, changed, defaults: over }, facts);
        if (problems.length > 0) throw new SettingsError(problems.join('\n'));
        for (const name of changed) await writeSetting(trx, place, name, set[name] ?? null, clock());
      });
      known.forget();
      log.info({ ...place, settings: changed }, 'settings changed');
    },

    async checkDefaults() {
      const problems: string[] = [];
      for (const name of SETTING_NAMES) {
        const { check, variable } = definitionOf(name);
        const problem = await check?.(defaultValues[name], '', facts);
        if (problem) problems.push(`${variable} ${problem}`);
      }
      if (problems.length > 0) throw new SettingsError(problems.join('\n'));
    },
  };
}

/** @throws SettingsError when no `Host` can name the domain */
function placeOf(appId: string, domain: string | undefined): Place {
  if (domain === undefined) return { appId, domain: null };
  const name = domain.toLowerCase();
  if (!/^[a-z0-9.-]{1,253}$|^\[[0-9a-f:.]+\]$/.test(name)) {
    throw new SettingsError(`${domain} is no domain: it has neither scheme nor port nor path`);
  }
  return { appId, domain: name };
}
