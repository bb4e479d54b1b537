import type { Clock } from '../common/clocks/clock.ts';
import { Fresh } from '../common/fresh.ts';
import type { Logger } from '../common/log.ts';
import type { Database, Executor } from '../database/index.ts';
import {
  SETTING_NAMES,
  type SettingFacts,
  type SettingName,
  type SettingTexts,
  type SettingValues,
} from './definitions.ts';
import { selectSettings, writeSetting } from './rows.ts';
import { definitionOf, problemsOf, readTexts, SettingsError } from './values.ts';

/** A setting as an operator sees it. */
export interface ShownSetting {
  name: SettingName;
  /** Empty when there is none. */
  value: string;
  /** Whether it was set for the application, or is the default. */
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
  /** From the database, in the order of their definition. */
  list(appId: string): Promise<ShownSetting[]>;
  /**
   * Changes some settings of an application, all or none. Other processes see it within 5 s.
   * @throws SettingsError with everything that is wrong
   */
  change(appId: string, changes: SettingChanges): Promise<void>;
  /** Whether an application could work with the defaults. @throws SettingsError that names the variables at fault */
  checkDefaults(): Promise<void>;
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

  async function load(db: Executor): Promise<ReadonlyMap<string, SettingValues>> {
    const texts = await selectSettings(db);
    return new Map([...texts].map(([appId, set]) => [appId, valuesOf(appId, set)]));
  }

  /** What another version wrote may not be right for this one. */
  function valuesOf(appId: string, set: SettingTexts): SettingValues {
    return readTexts(set, defaults, (setting, problem) =>
      log.warn({ appId, setting, problem }, 'a setting cannot be read, its default holds'),
    );
  }

  return {
    async of(appId, db = database.db) {
      return (await known.get(db)).get(appId) ?? defaultValues;
    },

    async list(appId) {
      const set = (await selectSettings(database.db, appId)).get(appId) ?? {};
      return SETTING_NAMES.map((name) => ({
        name,
        value: set[name] ?? defaults[name] ?? definitionOf(name).shownDefault,
        isSet: set[name] !== undefined,
      }));
    },

    async change(appId, changes) {
      const changed = SETTING_NAMES.filter((name) => changes[name] !== undefined);
      if (changed.length === 0) return;
      await database.transaction(async (trx) => {
        const set: SettingTexts = { ...(await selectSettings(trx, appId)).get(appId) };
        for (const name of changed) {
          const value = changes[name] ?? null;
          if (value === null) delete set[name];
          else set[name] = value;
        }
        const problems = await problemsOf(appId, { set, changed, defaults }, facts);
        if (problems.length > 0) throw new SettingsError(problems.join('\n'));
        for (const name of changed) await writeSetting(trx, appId, name, set[name] ?? null, clock());
      });
      known.forget();
      log.info({ appId, settings: changed }, 'settings changed');
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
