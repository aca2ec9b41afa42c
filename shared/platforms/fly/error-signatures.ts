/**
 * What flyctl writes when it fails, by cause (flyctl v0.4.87; the source of each text is beside its row).
 */

export type FlyFailureCode =
  | 'login-expired'
  | 'app-not-found'
  | 'app-not-named'
  | 'image-gone'
  | 'nothing-to-build'
  | 'health-timeout'
  | 'lease-held'
  | 'never-started'
  | 'never-stopped'
  | 'crash-loop'
  | 'out-of-memory'
  | 'update-refused'
  | 'machine-not-found'
  | 'machine-not-named'
  | 'machine-state'
  | 'no-machines'
  | 'release-command-failed'
  | 'rate-limited'
  | 'fly-errors'
  | 'account-blocked'
  | 'build-failed'
  | 'fly-crashed'
  | 'other-answer'
  | 'certificate'
  | 'proxy-login'
  | 'no-capacity'
  | 'no-network'
  | 'interrupted'
  | 'bad-arguments'
  | 'unknown-command'
  | 'needs-terminal';

export interface Explanation {
  readonly code: FlyFailureCode;
  /** What happened. */
  readonly sentence: string;
  /** What to do next. */
  readonly next: string;
}

export interface Signature {
  readonly code: FlyFailureCode;
  readonly exitCode?: number;
  readonly text?: RegExp;
  /** With the groups of `text`, where the sentence names what the text says. */
  readonly sentence: string | ((groups: Readonly<Record<string, string | undefined>>) => string);
  readonly next: string;
}

const LOG_IN = 'Run `fly auth login` in a terminal, then take up this step again.';

export const INTERRUPTED: Explanation = {
  code: 'interrupted',
  sentence: 'The command was interrupted; machines may run different versions now.',
  next: 'Read the status of every machine, then deploy the chosen image again. Leases of its machines last up to 13 s.',
};

const LEASED = {
  sentence: 'Another deploy holds the machines, or one was killed less than two minutes ago.',
  next: 'Find out who else is deploying; wait for half a minute and try again.',
};

/** The first match wins, so a cause comes before the symptoms that quote it. */
export const SIGNATURES: readonly Signature[] = [
  {
    // fly ends with 127 when it is interrupted, silent or in the middle of its text; a shell that finds no fly says so.
    ...INTERRUPTED,
    exitCode: 127,
    text: /^(?![^]*(?:^|\n)(?:[-\w/.]*(?:sh|env)(?::\d+)?: [^\n]*(?:not found|No such file)|[^\n]*\bfly(?:ctl)?: (?:command )?not found))/,
  },
  {
    code: 'out-of-memory',
    text: /smoke checks? [^]*(?:out of memory|oom[- ]?kill)|\b(?:machine|VM) [^\n]*(?:ran out of memory|was oom[- ]?killed)/i,
    sentence: 'A machine ran out of memory while it started.',
    next: 'Choose an older release, or give the machines more memory.',
  },
  {
    // Before the others, because this error quotes log lines of the machine, which may look like any other error.
    code: 'crash-loop',
    text: /smoke checks? (?:for \S+ )?failed|appears to be crashing|(?:crash|restart)[- ]?loop|reached its max restart count/i,
    sentence: 'The image starts and crashes again.',
    next: 'Read the logs of the machine, then choose an older release.',
  },
  {
    code: 'release-command-failed',
    text: /release[_ ]command(?: machine)? (?:failed|exited|timed out)|error running release[_ ]command/i,
    sentence: 'The release command failed, so nothing was deployed.',
    next: 'Deploy with `--skip-release-command`: an old image must not run migrations again.',
  },
  {
    // fly-go/api.go, command.go, GraphQL's "You must be authenticated"; logs answer with the bare HTTP status.
    code: 'login-expired',
    text: /no access token available|401 Unauthorized|(?:status(?: code)?:?|HTTP) ?401\b|must be authenticated|(?:log|sign) ?in (?:again|first|required)|(?:access )?token (?:has |is )?(?:expired|invalid|revoked)|invalid (?:access |auth )?token|not logged in|\bunauthenticated\b|no verified tokens/i,
    sentence: 'The Fly login is missing or has expired.',
    next: LOG_IN,
  },
  {
    // The Machines API says the same of an app that the login may not see.
    code: 'login-expired',
    text: /\bunauthorized\b|not authorized|\bforbidden\b|(?:status(?: code)?:?|HTTP) ?403\b|do(?:es)? not have (?:access|permission)/i,
    sentence: 'The Fly login has expired, or the app belongs to another organization.',
    next: `${LOG_IN} If \`fly auth whoami\` shows a login, compare the organization with \`fly apps list\`.`,
  },
  {
    code: 'image-gone',
    text: /could not (?:find|resolve) (?:the )?image|image (?:\S+ )?(?:was )?not found|manifest (?:for \S+ )?(?:not found|unknown)|MANIFEST_UNKNOWN|failed to (?:pull|get|fetch) (?:image )?manifest|no such image|(?:unable|failed) to (?:resolve|pull) (?:the )?image|repository name unknown/i,
    sentence: 'The image is no longer in the registry.',
    next: 'Choose an older release, or build the tagged source again.',
  },
  {
    code: 'nothing-to-build',
    text: /does not have a Dockerfile|Dockerfile(?: \S+)? not found|failed changing working directory|no (?:image|source) to (?:build|deploy)/i,
    sentence: 'There is no source to build where the command ran; nothing was deployed.',
    next: 'Deploy an image with `--image`, or set the checkout of the repository under Settings.',
  },
  {
    // GraphQL, deploy.go and the Machines API have their own words; logs print the bare HTTP status.
    code: 'app-not-found',
    text: /Could not find App|app name .* could not be found|\bapp(?: \S+)? (?:was )?not found|no such app|Error: 404 Not Found|apps?\/\S+: not found/i,
    sentence: 'There is no such app, or this login may not see it.',
    next: 'Compare the app name with `fly apps list`, and the login with `fly auth whoami`.',
  },
  {
    code: 'app-not-named',
    text: /missing an app name|(?:app name|-a flag) (?:is required|must be specified|not specified)|no app (?:name )?(?:specified|named)/i,
    sentence: 'The command does not say which app it is for.',
    next: 'Add `-a` with the name of the app.',
  },
  {
    code: 'health-timeout',
    text: /(?:timeout|timed out|deadline)[^\n]* (?:for )?health ?checks?\b|health ?checks?[^\n]* (?:timed out|did not pass|failed to pass|never passed)|(?:failed|unable) to become healthy|not healthy within|machines? to be(?:come)? healthy|health ?check \S+ is (?:critical|failing)/i,
    sentence: 'The health checks did not pass in time; updated machines stay updated, the others keep their version.',
    next: 'Read the status and the health address: deploy again with a longer `--wait-timeout`, or choose an older release.',
  },
  {
    code: 'never-started',
    text: /(?:timeout|timed out)[^\n]* (?:for )?(?:machine|VM)\b[^\n]*(?:state|start|reach)|never started|exited immediately|failed to (?:reach|change to) (?:desired |the )?(?:start )?state|failed to wait for VM \S+ in started state|machines? into started state/i,
    sentence: 'A machine did not reach the state "started".',
    next: 'Read the logs of the machine; deploy again, or choose an older release.',
  },
  {
    // 409 from the Machines API; a lease lasts 13 s, for restarts 120 s. flyctl has tried for 60 s already.
    code: 'lease-held',
    text: /lease currently held by (?<holder>[^\s,]+), expires at (?<until>\d{4}-[\d-]+T[\d:]+Z)/i,
    sentence: ({ holder, until }) =>
      `${holder} holds a machine until ${until}: another deploy, or one that was killed.`,
    next: 'Ask who it is. When the time is over, run it again; fly itself waited for a minute already.',
  },
  {
    // Machines API, after `machine stop --wait-timeout`.
    code: 'never-stopped',
    text: /failed to wait for VM \S+ in (?:stopped|suspended|destroyed) state|(?:timeout|timed out)[^\n]* (?:for )?(?:machine|VM)\b[^\n]* to (?:be )?(?:stop|suspend)/i,
    sentence: 'A machine did not stop in the time that was waited; it may stop yet.',
    next: 'Read the list of machines again before you do anything else.',
  },
  {
    code: 'lease-held',
    text: /did not acquire lease|lease (?:is )?(?:currently |already )?held|lease (?:conflict|mismatch)|machine (?:\S+ )?is (?:currently )?leased/i,
    ...LEASED,
  },
  {
    // GraphQL and the Machines API, with an address of the billing page.
    code: 'account-blocked',
    text: /payment (?:information|method)|credit card|non-?payment|past[- ]due|(?:account|organization) (?:is|has been|was) (?:suspended|disabled|locked)|trial (?:has )?(?:ended|expired)/i,
    sentence: 'Fly refuses it for the account of the organization: a payment or a verification is missing.',
    next: 'Somebody with access to the billing page of Fly has to settle it; until then nothing can be deployed.',
  },
  {
    code: 'rate-limited',
    text: /(?:status(?: code)?:?|HTTP) ?429\b|too many requests|rate[- ]?limit/i,
    sentence: 'Fly refuses more requests for now (429).',
    next: 'Wait for half a minute, then do it again.',
  },
  {
    code: 'fly-errors',
    text: /(?:status(?: code)?:?|HTTP) ?5\d\d\b|gateway time-?out|bad gateway|service (?:temporarily )?unavailable|internal server error|Error: 5\d\d |upstream connect error/i,
    sentence: 'Fly answers with errors of its own.',
    next: 'Look at status.flyio.net. Read the status of the machines before you do it again: part of it may be done.',
  },
  {
    // 412 or 422 from the Machines API: the host of a machine, or the region, is full; quotas of the organization.
    code: 'no-capacity',
    text: /insufficient[ _](?:resources|capacity|memory|cpus?)|could not reserve resource|no capacity|not enough (?:capacity|memory|resources)|(?:machine|app|resource)s? (?:limit|quota)|quota exceeded/i,
    sentence: 'Fly has no room for a machine there, or the organization has reached a limit.',
    next: 'Read the status of every machine, then try again; another region or a smaller machine may have room.',
  },
  {
    // Go's net/http and encoding/json, for something that is not Fly.
    code: 'other-answer',
    text: /invalid character '<' looking for|HTTP response to HTTPS client|first record does not look like a TLS handshake/i,
    sentence: 'Something else answered in place of Fly: a proxy, or the login page of this network.',
    next: 'Open a page in a browser: log in to the network, or correct the proxy of this machine.',
  },
  {
    // Go's net/http, for a proxy of this network.
    code: 'proxy-login',
    text: /Proxy Authentication Required/i,
    sentence: 'The proxy of this network wants a login (407); Fly itself was not asked.',
    next: 'Renew the login of the proxy, or correct the address in HTTPS_PROXY.',
  },
  {
    code: 'certificate',
    text: /x509|tls: (?:failed to verify|bad certificate|handshake failure|unknown certificate)|certificate (?:has expired|is not (?:yet )?valid|signed by unknown)|self[- ]signed certificate/i,
    sentence:
      'The certificate of Fly could not be verified: a proxy is in between, or the clock of this machine is wrong.',
    next: 'Check the clock and the proxy of this machine.',
  },
  {
    code: 'no-network',
    text: /proxyconnect tcp/i,
    sentence: 'The proxy of this network could not be reached; Fly itself was not asked.',
    next: 'Check the network, the VPN and the address in HTTPS_PROXY.',
  },
  {
    code: 'no-network',
    text: /dial (?:tcp|udp)|no such host|(?:network|host) is unreachable|no route to host|connection (?:refused|reset|timed out)|broken pipe|TLS handshake timeout|i\/o timeout|context deadline exceeded|Client\.Timeout|operation timed out|(?:read|write) (?:tcp|udp)|request canceled|http2: |stream error: |server misbehaving|temporary failure in name resolution|: (?:unexpected )?EOF\b/i,
    sentence: 'Fly could not be reached from this machine.',
    next: 'Check the network and the VPN; status.flyio.net tells whether Fly itself is down.',
  },
  {
    code: 'machine-not-found',
    text: /(?:machine|VM) (?:\S+ )?(?:was |could )?not (?:be )?found|invalid machine ID|no machine with ID|could not find (?:machine|VM)|no machines? (?:were |was )?found/i,
    sentence: 'The app has no such machine.',
    next: 'Read the list of machines: the ids change when machines are replaced.',
  },
  {
    code: 'machine-not-named',
    text: /a machine ID must be (?:specified|provided|given)|no machines? (?:ID )?(?:specified|provided|given|selected)/i,
    sentence: 'The command does not say which machine it is for.',
    next: 'Add the id of the machine: `fly machine list -a APP` shows them.',
  },
  {
    // After the causes that it may quote: no network, no such machine, Fly's own errors.
    code: 'lease-held',
    text: /(?:failed|unable) to (?:obtain|acquire|get|create|refresh) (?:a )?leases?/i,
    ...LEASED,
  },
  {
    // Machines API: a verb that does not fit the state.
    code: 'machine-state',
    text: /unable to (?:start|stop|restart|suspend|update) machine from current state:? '?(?<state>\w+)/i,
    sentence: ({ state }) => `The machine is ${state}, and what was asked for is not possible then.`,
    next: 'Read the list of machines: wait while one is "replacing" or "starting"; a "destroyed" one is made anew by a deploy.',
  },
  {
    code: 'no-machines',
    text: /no machines are available|(?:has|have) no (?:started |running )?machines|could not find any machines/i,
    sentence: 'The app has no machine that this could be done with.',
    next: 'Read the list of machines, and start one or deploy.',
  },
  {
    code: 'update-refused',
    text: /failed to update (?:VM|machine) (?<machine>[^\s:]+)/i,
    sentence: ({ machine }) => `Fly refused to update machine ${machine}; the others may be updated.`,
    next: 'Read the status of every machine, then deploy again, or choose an older release.',
  },
  {
    // cobra's words; "unknown flag" is the same kind of mistake.
    code: 'unknown-command',
    text: /unknown (?:command|subcommand|(?:shorthand )?flag)\b|no such (?:command|flag)\b/i,
    sentence: 'This fly has no such command or flag; nothing was changed.',
    next: 'Correct the runbook, and run the corrected command by hand until then.',
  },
  {
    code: 'bad-arguments',
    text: /flag needs an argument|(?:accepts|requires) (?:at (?:most|least) )?(?:between )?\d+ (?:and \d+ )?arg|accepts between|requires at least one|required flag|invalid (?:\w+ )?(?:value|argument|duration|strategy)|unsupported deployment strategy|bad flag syntax|must be (?:in the format|name=value)|(?:are not supported|cannot be used|can't be used) together|mutually exclusive|if any flags in the group/i,
    sentence: 'The command is written wrongly; nothing was changed.',
    next: 'Correct the command as its message says, and run the corrected one by hand until then.',
  },
  {
    code: 'needs-terminal',
    text: /prompt: non[- ]?interactive|when not running interactively|requires? an interactive (?:terminal|shell|session)|(?:stdin|input) is not a (?:terminal|tty)|not a (?:tty|terminal)\b|yes flag must be specified/i,
    sentence: 'The command wants to ask something and has no terminal to ask in.',
    next: 'Copy the command, run it in a terminal, and mark it as run by hand.',
  },
  {
    // build/imgsrc, behind `failed to fetch an image or build from source`.
    code: 'build-failed',
    text: /error building|failed to solve|(?:error connecting to docker|remote builder|find a Fly builder)/i,
    sentence: 'The image could not be built; nothing was deployed.',
    next: 'Deploy an image that is already there with `--image`, or read what the build printed.',
  },
  {
    // A mistake in flyctl itself: Go's runtime.
    code: 'fly-crashed',
    text: /^panic: |\ngoroutine \d+ \[/,
    sentence: 'fly itself crashed.',
    next: 'Read the status of every machine before you do it again; another version of fly may not crash.',
  },
];
