/** A SecretId with its SecretKey, which signs an account's calls. */
export interface ApiKey {
  /** The account: the app id of its main application. */
  accountId: string;
  secretId: string;
  secretKey: string;
  disabled: boolean;
  /** ms since the epoch. */
  createdAt: number;
}

export interface Application {
  appId: string;
  /** The account; equal to `appId` for the main application. */
  accountId: string;
  name: string;
  /** ms since the epoch. */
  createdAt: number;
}

/** What the operator set for the first account; what is left out is made up. */
export interface FirstAccountSettings {
  appId?: string | undefined;
  secretId?: string | undefined;
  secretKey?: string | undefined;
}

export interface FirstAccount {
  appId: string;
  /** The key to work with; null when every key of the account is disabled. */
  key: { secretId: string; secretKey: string } | null;
  /** True when the key was made up just now, so that nobody has seen it yet. */
  madeUp: boolean;
}

/** Accounts, their keys and their sub-applications. */
export interface Accounts {
  /**
   * Makes the first account on an empty database, brings its key in line with the settings, and does nothing
   * when all is there. Safe when several nodes start at once. Throws an Error that names the setting at fault.
   */
  ensureFirstAccount(given: FirstAccountSettings): Promise<FirstAccount>;
  /** From memory, at most 5 s old; null when there is no such key. */
  findKey(secretId: string): Promise<ApiKey | null>;
  /**
   * Whose resources a call means (docs/wire/calls.md, Common parameters): absent, empty, 0 and the account's own id mean the
   * main application. Null when the account has no such application.
   */
  findApplication(accountId: string, subAppId: string | undefined): Promise<string | null>;
  /** All, or those of one account. */
  listKeys(accountId?: string): Promise<ApiKey[]>;
  /** Throws an Error when the account does not exist or has two keys already. */
  createKey(accountId: string): Promise<ApiKey>;
  /** Throws an Error when there is no such key. */
  setKeyDisabled(secretId: string, disabled: boolean): Promise<void>;
  /** Throws an Error when there is no such key or when it is still enabled. */
  deleteKey(secretId: string): Promise<void>;
  /** All, or those of one account, the main application first. */
  listApplications(accountId?: string): Promise<Application[]>;
  /** Throws an Error when the account does not exist. */
  createSubApplication(accountId: string, name: string): Promise<Application>;
}
