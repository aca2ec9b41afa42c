/** What the settings may hold, and what may be asked of them; checked by the core. Windows import the types only. */
import { z } from 'zod';

const path = z
  .string()
  .min(1)
  .max(4_096)
  .refine((text) => /^(?:\/|[A-Za-z]:[\\/])/.test(text), 'not an absolute path');
const word = z.string().max(2_000);

/** Where a secret is found. `environment`: the variable of another name, or of its own when null. */
const secretSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('environment'),
    variable: z
      .string()
      .regex(/^[A-Za-z_]\w{0,199}$/)
      .nullable(),
  }),
  /** The platform's own store; `vault` names which, because only it can give the value back. */
  z.object({ kind: z.literal('keychain'), vault: z.enum(['secret-tool', 'security', 'desktop']) }),
  z.object({ kind: z.literal('file'), path }),
  /** A program whose stdout is the value: words, never a shell. */
  z.object({ kind: z.literal('command'), argv: z.array(word.min(1)).min(1).max(40) }),
]);
export type SecretSource = z.infer<typeof secretSourceSchema>;
export type VaultName = Extract<SecretSource, { kind: 'keychain' }>['vault'];

const approver = z.object({ name: z.string().trim().min(1).max(100), role: z.string().trim().max(100) });
export type Approver = z.infer<typeof approver>;

const secretName = z.string().regex(/^(?:[A-Za-z_]\w{0,199}|slack:live|slack:drill)$/);

export const runbookSettingsSchema = z.object({
  /** Where npm, git and supabase run; null: in an empty folder, as everything else. */
  checkout: path.nullable().default(null),
  /** By the variable's name, and `slack:live` and `slack:drill` for the two webhooks. */
  secrets: z.record(secretName, secretSourceSchema).default({}),
  approvers: z.array(approver).max(20).default([]),
  /** Readiness may connect to the database, read-only. */
  connectDatabase: z.boolean().default(false),
});
export type RunbookSettings = z.infer<typeof runbookSettingsSchema>;

const https = z.url({ protocol: /^https$/, error: 'not an https:// address' }).max(2_000);
const runbook = z.string().min(1).max(4_096).describe('name of the runbook');

export const settingChangeSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('checkout'), runbook, path: path.nullable() }),
  /** null: the environment's own variable again (for Slack: none). What a keychain holds is forgotten. */
  z.object({ what: z.literal('secret'), runbook, name: secretName, source: secretSourceSchema.nullable() }),
  /** Puts the value into the platform's store and makes that its source. */
  z.object({ what: z.literal('keep-secret'), runbook, name: secretName, value: z.string().min(1).max(65_536) }),
  z.object({ what: z.literal('approvers'), runbook, approvers: z.array(approver).max(20) }),
  z.object({ what: z.literal('connect-database'), runbook, on: z.boolean() }),
  z.object({ what: z.literal('single-keys'), on: z.boolean() }),
  /** The program is not asked for its help any more. */
  z.object({ what: z.literal('revoke-program'), tool: z.string().min(1).max(200) }),
  z.object({ what: z.literal('update-check'), on: z.boolean() }),
  z.object({ what: z.literal('update-url'), url: https.nullable() }),
]);
export type SettingChange = z.infer<typeof settingChangeSchema>;
