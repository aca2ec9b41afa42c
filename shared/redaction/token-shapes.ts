/**
 * Tokens with a known prefix, one kind per row.
 *
 * Most rows are from secretlint 13.1.0 (MIT, @secretlint/secretlint-rule-preset-recommend), which test/unit/redaction also
 * compares against; rows marked "vendor" are from the documentation of the issuer. Secretlint itself cannot be used here: it
 * needs the whole text with complete tokens, so it misses tokens that are cut, wrapped or joined to a word, and the text
 * itself can turn it off (`secretlint-disable`). Lengths here are minimums.
 */

import { hintIndex } from './hint-index.ts';

interface TokenShape {
  readonly name: string;
  /** Pattern source for the prefix, without unbounded repetitions. */
  readonly start: string;
  /** Character class of the body, without brackets. */
  readonly body: string;
  /** Minimum length of the body. */
  readonly min: number;
  /** Length of the body if it is fixed, so that the end of a wrapped token is known. */
  readonly size?: number;
  /** Every such token contains one of these; the pattern is tried only if one occurs. */
  readonly hints: readonly string[];
  /** The prefix may be the end of an ordinary word, so it counts only at the beginning of a word. */
  readonly bounded?: true;
}

const WORDY = '\\w-';
const ALNUM = 'A-Za-z0-9';
const BASE64 = 'A-Za-z0-9+/=';
const HEX = '0-9a-f';

const shape = (
  name: string,
  start: string,
  body: string,
  min: number,
  more: Partial<Pick<TokenShape, 'size' | 'bounded' | 'hints'>> = {},
): TokenShape => ({ name, start, body, min, hints: [start.replaceAll('\\', '')], ...more });

/** The order does not matter: overlapping spans are merged. */
export const TOKEN_SHAPES: readonly TokenShape[] = [
  // Vendor: fly.io/docs/security/tokens, supabase.com/docs/guides/api/api-keys.
  shape('fly-macaroon', 'fm[12][a-z]?_', '\\w+/=-', 16, { hints: ['fm1', 'fm2'] }),
  shape('fly-access-token', 'fo1_', WORDY, 16),
  shape('supabase-token', 'sbp_(?:oauth_)?', HEX, 20, { size: 40, hints: ['sbp_'] }),
  shape('supabase-secret-key', 'sb_secret_', WORDY, 8),
  shape('github-token', 'gh[pousr]_', 'A-Za-z0-9_.-', 20, { hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'] }),
  shape('github-fine-token', 'github_pat_', '\\w', 20, { size: 82 }),
  shape('gitlab-token', 'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas)-', '\\w.-', 16, { hints: ['gl'] }),
  shape('slack-token', 'xox[a-z](?:\\.xox[a-z])?-', 'A-Za-z0-9-', 10, { hints: ['xox'] }),
  shape('slack-app-token', 'xapp-', 'A-Za-z0-9-', 10),
  shape('aws-key-id', '(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)', 'A-Z0-9', 16, {
    size: 16,
    hints: ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'AGPA', 'AIDA', 'AROA', 'AIPA', 'ANPA', 'ANVA'],
  }),
  shape('stripe-key', '[sr]k_(?:live|test|org)_', ALNUM, 10, { hints: ['k_live_', 'k_test_', 'k_org_'] }),
  // Vendor: docs.stripe.com/webhooks, docs.stripe.com/keys.
  shape('stripe-webhook', 'whsec_', `${BASE64}_-`, 10),
  shape('openai-key', 'sk-(?:proj|svcacct|admin|or-v1|None)-', WORDY, 16, { hints: ['sk-'] }),
  shape('anthropic-key', 'sk-ant-', WORDY, 10),
  shape('openai-old-key', 'sk-', ALNUM, 32, { bounded: true }),
  // Vendor: cloud.google.com/docs/authentication (API keys, OAuth client secrets, access and refresh tokens).
  shape('google-key', 'AIza', WORDY, 35, { size: 35 }),
  shape('google-client-secret', 'GOCSPX-', WORDY, 10),
  shape('google-access-token', 'ya29\\.', '\\w.-', 10),
  shape('google-refresh-token', '1//0', WORDY, 30),
  shape('npm-token', 'npm_', ALNUM, 36, { size: 36 }),
  shape('groq-key', 'gsk_', ALNUM, 40, { size: 52 }),
  shape('hugging-face-token', 'hf_', ALNUM, 30, { size: 34, bounded: true }),
  shape('linear-key', 'lin_(?:api|oauth)_', '\\w', 24, { hints: ['lin_'] }),
  shape('notion-token', 'ntn_', ALNUM, 40, { size: 46, bounded: true }),
  shape('sendgrid-key', 'SG\\.', '\\w.-', 40, { bounded: true, hints: ['SG.'] }),
  // Glued to a word, which the row above does not take: its two parts say what it is.
  shape('sendgrid-key', 'SG\\.[\\w-]{16,22}\\.', '\\w-', 16, { hints: ['SG.'] }),
  shape('shopify-token', 'shp(?:pa|ca|at|ss)_', ALNUM, 32, { hints: ['shp'] }),
  shape('grafana-token', 'gl(?:c|sa)_', `${BASE64}_`, 32, { hints: ['glc_', 'glsa_'] }),
  shape('1password-token', 'ops_ey', BASE64, 60),
  shape('vault-token', 'hv[sbr]\\.', WORDY, 24, { hints: ['hvs.', 'hvb.', 'hvr.'] }),
  shape('vercel-token', 'vc[piark]_', ALNUM, 20, { bounded: true, hints: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'] }),
  shape('databricks-token', 'dapi', HEX, 32, { bounded: true }),
  shape('docker-token', 'dckr_(?:pat|oat)_', WORDY, 20, { hints: ['dckr_'] }),
  shape('figma-token', 'figd_', WORDY, 30),
  shape('cloudflare-token', 'cf(?:k|ut|at)_', ALNUM, 40, {
    size: 48,
    bounded: true,
    hints: ['cfk_', 'cfut_', 'cfat_'],
  }),
  shape('tailscale-key', 'tskey-[a-z]{2,20}-', WORDY, 16, { hints: ['tskey-'] }),
  // Vendor: the prefix lists of their API documentation.
  shape('digitalocean-token', 'do[oprt]_v1_', HEX, 40, { size: 64, hints: ['_v1_'] }),
  shape('pypi-token', 'pypi-AgE', WORDY, 30),
  shape('rubygems-key', 'rubygems_', HEX, 40, { size: 48 }),
  shape('doppler-token', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.', '\\w.-', 30, { hints: ['dp.'] }),
  shape('planetscale-secret', 'pscale_(?:tkn|pw|oauth)_', '\\w.=-', 20, { hints: ['pscale_'] }),
  shape('atlassian-token', 'ATATT3', '\\w=-', 30),
  shape('new-relic-key', 'NRAK-', ALNUM, 27, { size: 27 }),
  shape('sentry-token', 'sntry[su]_', `${BASE64}_-`, 30, { hints: ['sntry'] }),
  shape('pulumi-token', 'pul-', HEX, 40, { size: 40, bounded: true }),
  shape('age-secret-key', 'AGE-SECRET-KEY-1', 'A-Z0-9', 20),
  shape('postman-key', 'PMAK-', `${HEX}-`, 40),
  shape('square-token', 'sq0(?:atp|csp|idp)-', WORDY, 20, { hints: ['sq0'] }),
  shape('mailgun-key', 'key-', HEX, 32, { size: 32, bounded: true }),
  shape('brevo-key', 'xkeysib-', `${HEX}-`, 40),
  shape('heroku-key', 'HRKU-', '\\w-', 30),
  shape('netlify-token', 'nfp_', ALNUM, 30, { bounded: true }),
  shape('replicate-token', 'r8_', ALNUM, 30, { bounded: true }),
  shape('perplexity-key', 'pplx-', ALNUM, 32),
  shape('xai-key', 'xai-', ALNUM, 40),
  shape('terraform-token', '[A-Za-z0-9]{14}\\.atlasv1\\.', WORDY, 40, { hints: ['.atlasv1.'] }),
  shape('twilio-key', 'SK', HEX, 32, { size: 32, bounded: true }),
  shape('telegram-token', '\\d{8,10}:AA', WORDY, 30, { hints: [':AA'] }),
  // Private keys without BEGIN and END lines, by the fixed beginning of their encoding (RFC 8017, 5958, 5915; PROTOCOL.key).
  shape('openssh-key-body', 'b3BlbnNzaC1rZXktdjE', BASE64, 4),
  shape('pkcs1-key-body', 'MI[A-Za-z0-9+/]{4}IBAAKC', BASE64, 16, { hints: ['IBAAKC'] }),
  shape('pkcs8-key-body', 'MI[A-Za-z0-9+/]{2,6}BADANBgkqhkiG9w0BAQEFAA', BASE64, 16, {
    hints: ['BADANBgkqhkiG9w0BAQEFAA'],
  }),
  shape('ec-key-body', 'M(?:HcCAQEEI|IGkAgEBBD|HQCAQEEI)', BASE64, 16, {
    hints: ['MHcCAQEEI', 'MIGkAgEBBD', 'MHQCAQEEI'],
  }),
  shape('ec-pkcs8-key-body', 'M(?:IGHAgEAMBMGByqGSM49|IG2AgEAMBAGByqGSM49|C4CAQAwBQYDK2VwBCIEI)', BASE64, 16, {
    hints: ['ByqGSM49', 'MC4CAQAwBQYDK2VwBCIEI'],
  }),
];

/** The beginning of a word; a color code (`\x1b[32m`) ends in a letter but is not a word. */
const BOUNDARY = '(?:(?<![A-Za-z0-9_-])|(?<=\\u001b\\[[\\d;]{0,12}m))';

export const patternOf = ({ start, body, min, size, bounded }: TokenShape): RegExp =>
  new RegExp(`${bounded === undefined ? '' : BOUNDARY}(?:${start})[${body}]{${min},${size ?? ''}}`, 'g');

/**
 * A token that may be cut by the end of a line; group 1: its body so far. If its prefix may end an ordinary word, it needs
 * some of its body, with a digit.
 */
const BEGUN: ReadonlyMap<TokenShape, RegExp> = new Map(
  TOKEN_SHAPES.map((each) => [
    each,
    each.bounded === undefined
      ? new RegExp(`(?:${each.start})([${each.body}]{1,256})$`)
      : new RegExp(`${BOUNDARY}(?:${each.start})(?=[${each.body}]{0,256}\\d)([${each.body}]{6,256})$`),
  ]),
);

interface BegunToken {
  readonly index: number;
  /** Number of missing characters; null: not known. */
  readonly left: number | null;
}

const begins = hintIndex([...BEGUN].map(([{ size, hints }, pattern]) => ({ hints, size, pattern })));

/** The token that reaches the end of a line, if any. `text`: the last few hundred characters of the line. */
export function begunToken(text: string): BegunToken | null {
  for (const { size, pattern } of begins(text)) {
    const match = pattern.exec(text);
    if (match === null) continue;
    return { index: match.index, left: size === undefined ? null : Math.max(0, size - (match[1]?.length ?? 0)) };
  }
  return null;
}
