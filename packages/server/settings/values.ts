import {
  APPLICATION_SETTINGS,
  type ApplicationSetting,
  isSettingName,
  SETTING_NAMES,
  type SettingFacts,
  type SettingName,
  type SettingTexts,
  type SettingValues,
  whatIsMissing,
} from './definitions.ts';

/** What an operator asked for cannot be; the message says why, a line each. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

export function definitionOf(name: SettingName): ApplicationSetting<unknown> {
  return APPLICATION_SETTINGS[name] as ApplicationSetting<unknown>;
}

/** @throws SettingsError that lists the names there are */
export function requireName(name: string): SettingName {
  if (isSettingName(name)) return name;
  throw new SettingsError(`there is no setting ${name}; there are ${SETTING_NAMES.join(', ')}`);
}

/** @throws SettingsError when a domain cannot have some of these settings for itself */
export function requirePerDomain(names: readonly SettingName[]): void {
  const others = names.filter((name) => !definitionOf(name).perDomain);
  if (others.length > 0) throw new SettingsError(`${others.join(', ')}: not for one domain alone`);
}

/** Reads what was set over `defaults`, which are right; a text that is not right is told, and its default holds. */
export function readTexts(
  set: SettingTexts,
  defaults: SettingTexts,
  tell: (name: SettingName, problem: string) => void,
): SettingValues {
  const entries = SETTING_NAMES.map((name) => {
    const { read } = definitionOf(name);
    try {
      return [name, read(set[name] ?? defaults[name])];
    } catch (error) {
      tell(name, (error as Error).message);
      return [name, read(defaults[name])];
    }
  });
  return Object.fromEntries(entries) as SettingValues;
}

/** Why the settings of an application cannot be changed so that `set` holds; empty when they can. */
export async function problemsOf(
  appId: string,
  change: { set: SettingTexts; changed: readonly SettingName[]; defaults: SettingTexts },
  facts: SettingFacts,
): Promise<string[]> {
  const { set, changed, defaults } = change;
  const problems = new Map<SettingName, string>();
  const values = readTexts(set, defaults, (name, problem) => problems.set(name, problem));
  const told: string[] = [];
  for (const name of changed) {
    const problem = problems.get(name) ?? (await definitionOf(name).check?.(values[name], appId, facts));
    if (problem) told.push(`${name} ${problem}`);
  }
  const missing = whatIsMissing(values);
  if (missing && told.length === 0) told.push(`${missing.name}=${missing.value} needs ${missing.needs}`);
  return told;
}
