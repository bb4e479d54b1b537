export { type SettingsRequest, settingLine, settingsRequest, settingsUsage } from './command.ts';
export { SETTING_NAMES, type SettingTexts, type SettingValues, whatIsMissing } from './definitions.ts';
export { createSettings, type Settings } from './settings.ts';
export { definitionOf, readTexts, SettingsError } from './values.ts';
