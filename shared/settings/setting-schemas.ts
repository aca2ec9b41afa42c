/** The schemas of the settings and of their changes, checked by the core. Windows import only the types. */
import { z } from 'zod';

const path = z
  .string()
  .min(1)
  .max(4_096)
  .refine((text) => /^(?:\/|[A-Za-z]:[\\/])/.test(text), 'not an absolute path');
const word = z.string().max(2_000);

/** The source of a secret. `environment`: the variable of that name, or of the secret's own name when null. */
const secretSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('environment'),
    variable: z
      .string()
      .regex(/^[A-Za-z_]\w{0,199}$/)
      .nullable(),
  }),
  /** The platform's secret store; `vault` names it, because no other store has the value. */
  z.object({ kind: z.literal('keychain'), vault: z.enum(['secret-tool', 'security', 'desktop']) }),
  z.object({ kind: z.literal('file'), path }),
  /** A program that prints the value to stdout: an argument array, never a shell. */
  z.object({ kind: z.literal('command'), argv: z.array(word.min(1)).min(1).max(40) }),
]);
export type SecretSource = z.infer<typeof secretSourceSchema>;
export type VaultName = Extract<SecretSource, { kind: 'keychain' }>['vault'];

const approver = z.object({ name: z.string().trim().min(1).max(100), role: z.string().trim().max(100) });
export type Approver = z.infer<typeof approver>;

const secretName = z.string().regex(/^(?:[A-Za-z_]\w{0,199}|slack:live|slack:drill)$/);

export const runbookSettingsSchema = z.object({
  /** The folder where npm, git and supabase run; null: an empty one, as for all other tools. */
  checkout: path.nullable().default(null),
  /** By variable name; `slack:live` and `slack:drill` are the two webhooks. */
  secrets: z.record(secretName, secretSourceSchema).default({}),
  approvers: z.array(approver).max(20).default([]),
  /** Readiness checks may connect to the database, read-only. */
  connectDatabase: z.boolean().default(false),
});
export type RunbookSettings = z.infer<typeof runbookSettingsSchema>;

export const themeSchema = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof themeSchema>;

const https = z.url({ protocol: /^https$/, error: 'not an https:// address' }).max(2_000);
const runbook = z.string().min(1).max(4_096).describe('name of the runbook');

export const settingChangeSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('checkout'), runbook, path: path.nullable() }),
  /** null: back to the variable of the environment (for Slack: none). A value in a keychain is deleted. */
  z.object({ what: z.literal('secret'), runbook, name: secretName, source: secretSourceSchema.nullable() }),
  /** Stores the value in the platform's secret store and makes that its source. */
  z.object({ what: z.literal('keep-secret'), runbook, name: secretName, value: z.string().min(1).max(65_536) }),
  z.object({ what: z.literal('approvers'), runbook, approvers: z.array(approver).max(20) }),
  z.object({ what: z.literal('connect-database'), runbook, on: z.boolean() }),
  z.object({ what: z.literal('single-keys'), on: z.boolean() }),
  /** Asks the login shell again, as after a change of its start-up files. */
  z.object({ what: z.literal('login-shell') }),
  /** The name on everything that the person at this machine does; null: that of the account. */
  z.object({ what: z.literal('operator'), name: z.string().trim().min(1).max(100).nullable() }),
  z.object({ what: z.literal('theme'), theme: themeSchema }),
  /** A short tone at a checkpoint and at a regression. */
  z.object({ what: z.literal('sounds'), on: z.boolean() }),
  /** The runbook that declaring starts with; null: the first trusted one. */
  z.object({ what: z.literal('default-runbook'), runbook: runbook.nullable() }),
  /** Takes back an approval: the help of the program is no longer read. */
  z.object({ what: z.literal('revoke-program'), tool: z.string().min(1).max(200) }),
  z.object({ what: z.literal('update-check'), on: z.boolean() }),
  z.object({ what: z.literal('update-url'), url: https.nullable() }),
]);
export type SettingChange = z.infer<typeof settingChangeSchema>;
