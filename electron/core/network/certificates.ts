/** Whose certificates are trusted: Node's own list, the system's, and the files that the engineer's own tools are told of. */
import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

type Variables = Readonly<Record<string, string | undefined>>;

/** Each names a file of certificates in PEM: OpenSSL's, Node's, curl's, and those of git, Python and the AWS tools. */
const FILES = [
  'SSL_CERT_FILE',
  'NODE_EXTRA_CA_CERTS',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'REQUESTS_CA_BUNDLE',
  'AWS_CA_BUNDLE',
];

const PEM = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g;

/**
 * Reads the files at the first call of the result, and again when the variables name others: a login shell may answer late.
 * A file that cannot be read adds nothing: the tools say so themselves.
 */
export function trustOf(variables: Variables): () => SecureContext {
  let kept: { readonly named: string; readonly context: SecureContext } | null = null;
  return () => {
    const named = [...FILES, 'SSL_CERT_DIR'].map((name) => variables[name] ?? '').join('\0');
    if (kept?.named !== named) kept = { named, context: createSecureContext({ ca: [...trusted(variables)] }) };
    return kept.context;
  };
}

function trusted(variables: Variables): ReadonlySet<string> {
  const own = FILES.flatMap((name) => certificatesIn(variables[name] ?? ''));
  const folders = (variables['SSL_CERT_DIR'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const inFolders = folders.flatMap((folder) => listed(folder).flatMap((name) => certificatesIn(join(folder, name))));
  return new Set([...getCACertificates('default'), ...ofSystem(), ...own, ...inFolders]);
}

/** The system's store may be locked or absent. */
function ofSystem(): readonly string[] {
  try {
    return getCACertificates('system');
  } catch {
    return [];
  }
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function certificatesIn(path: string): readonly string[] {
  if (path === '') return [];
  try {
    return readFileSync(path, 'latin1').match(PEM) ?? [];
  } catch {
    return [];
  }
}
