/** The keys that `rollbook settings set` takes. In a file of its own, so that the help loads nothing else. */
export const SETTING_KEYS = `Keys: checkout PATH; secret.NAME, slack.live and slack.drill SOURCE; approvers NAME:ROLE ...;
operator NAME; connect-database, single-keys and update.check on|off; update.url https://...
approved.NAME (unset only): a program that may be asked for its help.
SOURCE: environment [VARIABLE], file PATH, keychain (the value is read from stdin), command PROGRAM [ARGUMENT ...].
Put arguments that begin with - after --.`;
