import { SETTING_NAMES, type SettingName } from './definitions.ts';
import type { SettingChanges, ShownSetting } from './settings.ts';
import { definitionOf, requireName, SettingsError } from './values.ts';

/** What a command line asks for: first to change, null meaning the default, then to show. */
export interface SettingsRequest {
  changes: SettingChanges;
  shown: readonly SettingName[];
}

/** @throws SettingsError when the words make no sense */
export function settingsRequest([command = '', ...words]: readonly string[]): SettingsRequest {
  if (command === '') return { changes: {}, shown: SETTING_NAMES };
  if (words.length === 0) throw new SettingsError(`which setting? There are ${SETTING_NAMES.join(', ')}`);
  const request = (changes: [SettingName, string | null][]) => ({
    changes: Object.fromEntries(changes),
    shown: changes.map(([name]) => name),
  });
  if (command === 'get') return { changes: {}, shown: words.map(requireName) };
  if (command === 'set') return request(words.map(assignment));
  if (command === 'unset') return request(words.map((word) => [requireName(word), null]));
  throw new SettingsError(`settings can get, set and unset, not ${command}`);
}

/** Only the first `=` separates: addresses have some of their own. */
function assignment(word: string): [SettingName, string] {
  const at = word.indexOf('=');
  if (at < 1 || at === word.length - 1) {
    throw new SettingsError(`${word} is not of the form NAME=VALUE; unset NAME brings back a default`);
  }
  return [requireName(word.slice(0, at)), word.slice(at + 1)];
}

/** One line for a person, or for a program. */
export function settingLine({ name, value, isSet }: ShownSetting, json: boolean): string {
  if (json) return JSON.stringify({ name, value, isSet });
  return `${name}=${value}${isSet ? '' : '  (default)'}`;
}

export function settingsUsage(): string {
  const perDomain = SETTING_NAMES.filter((name) => definitionOf(name).perDomain).join(', ');
  const settings = SETTING_NAMES.map((name) => {
    const { values, meaning, shownDefault, variable } = definitionOf(name);
    const fallback = shownDefault === '' ? variable : `${variable} or ${shownDefault}`;
    return `  ${name}\n      ${plain(meaning)}\n      ${plain(values)}; default: ${fallback}\n`;
  });
  return `openvod settings [get NAME… | set NAME=VALUE… | unset NAME…] [--app ID] [--domain NAME] [--json]

The settings of an application: the main one, or the sub-application that --app names. A running server sees a change within 5 s.
--domain NAME: what holds where play addresses begin with that domain, in place of the application's; for ${perDomain}.

${settings.join('\n')}`;
}

/** Without the marks of the manual. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
