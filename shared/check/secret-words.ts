/** What the two rules about secrets in a runbook say of one: never its value. */

export const secretMessage = (kind: string): string =>
  `A secret is written here (${kind}): whoever can read this file, or its history, has it.`;

export const SECRET_FIX =
  'Make it invalid where it was issued, and take it out. Write "$NAME" in its place, declare it under `variables:` as `NAME: { from: environment }`, and let the environment, a vault or the keychain give its value (`rollbook settings set secret.NAME SOURCE`).';

export const SECRET_SOURCE = 'OWASP Secrets Management Cheat Sheet; .github/SECURITY.md, "Secrets"';
