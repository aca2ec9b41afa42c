/**
 * How command-line clients take a password as an argument. Each row is a pattern for the text before the password; rules.ts
 * defines what a password is. The distance between a client and its option is limited, so that the cost stays linear.
 * Sources: the manual page of each client.
 */

interface ClientPassword {
  readonly name: string;
  /** The pattern is tried only if one of these texts occurs. */
  readonly hints: readonly string[];
  readonly before: string;
}

/** The text between a client and its option, in one command on one line. */
const MORE = '[ \\t](?:[^|;&\\r\\n]{0,200}?[ \\t])?';
const BLANKS = '[ \\t]{0,4}';
const QUOTE = '["\']?';
const MYSQL =
  '(?:mysql(?:dump|admin|import|check|slap|binlog|show|pump|sh)?|mariadb(?:-(?:dump|admin|import|check|slap|binlog|show|backup))?|mycli|xtrabackup|mariabackup)';
const MYSQL_HINTS = ['mysql', 'maria', 'mycli', 'xtrabackup'];
const MONGO = 'mongo(?:sh|dump|restore|export|import|stat|top)?';
const LOGIN =
  '(?:docker|podman|nerdctl|buildah|skopeo|helm|crane|oras|az|oc)[ \\t]{1,4}(?:(?:registry|auth)[ \\t]{1,4})?login';
/** `-p 127.0.0.1:3306:3306`, the ports of a container that is named like its database. */
const NO_PORT = '(?!["\']?(?:[\\d.]{1,15}:)?\\d{1,5}(?::\\d{1,5})?(?:/\\w{3})?(?:["\'\\s]|$))';
const NO_PORTS = '(?!["\']?(?:[\\d.]{1,15}:)?\\d{1,5}:\\d{1,5}(?:/\\w{3})?(?:["\'\\s]|$))';
/** Short curl flags without a value, which may precede `u` in one word. */
const CURL_FLAGS = '[fsSLkivgGIjNOlnpqRaB#0-9]{0,8}';

export const CLIENT_PASSWORDS: readonly ClientPassword[] = [
  // `-pshop` is a password, `-p shop` a database; a word that cannot be a database name was meant as a password.
  { name: 'mysql-password', hints: MYSQL_HINTS, before: `${MYSQL}${MORE}-p${NO_PORTS}${QUOTE}` },
  {
    name: 'mysql-parted-password',
    hints: MYSQL_HINTS,
    before: `${MYSQL}${MORE}-p[ \\t]{1,4}${NO_PORT}(?=[^\\s"']{0,256}[\\d!@#%^*+=?])${QUOTE}`,
  },
  {
    name: 'dash-p-password',
    hints: ['sshpass', 'mongo', 'cqlsh', 'rabbitmqadmin', 'login'],
    before: `(?:sshpass|${MONGO}|cqlsh|rabbitmqadmin|${LOGIN})${MORE}-p${BLANKS}${QUOTE}`,
  },
  { name: '7z-password', hints: ['7z'], before: `7z[ar]?${MORE}-p${QUOTE}` },
  {
    name: 'redis-password',
    hints: ['-cli'],
    before: `(?:redis|valkey|keydb)-cli${MORE}(?:-a${BLANKS}|--pass[ \\t=]{1,4})${QUOTE}`,
  },
  {
    name: 'capital-p-password',
    hints: ['sqlcmd', 'bcp', 'ipmitool', 'zip'],
    before: `(?:sqlcmd|bcp|ipmitool|zip)${MORE}-P${BLANKS}${QUOTE}`,
  },
  {
    name: 'ldap-password',
    hints: ['ldap'],
    before: `ldap(?:search|modify|add|delete|passwd|whoami|compare|modrdn)${MORE}-w${BLANKS}${QUOTE}`,
  },
  { name: 'openssl-password', hints: ['pass:'], before: `-(?:k|pass(?:in|out)?)[ \\t]{1,4}${QUOTE}pass:` },
  {
    name: 'sqlplus-password',
    hints: ['sqlplus'],
    before: `sqlplus[ \\t]{1,4}(?:-[^\\s]{1,32}[ \\t]{1,4}){0,6}${QUOTE}[\\w$#]{1,64}/`,
  },
  {
    name: 'samba-password',
    hints: ['smbclient', 'rpcclient'],
    before: `(?:smb|rpc)client${MORE}-U[ \\t=]{0,4}${QUOTE}[^\\s%"']{1,128}%`,
  },
  // The address before it may contain `&`.
  {
    name: 'curl-password',
    hints: ['curl'],
    before: `curl[ \\t](?:[^|;\\r\\n]{0,400}?[ \\t])?(?:-${CURL_FLAGS}[uU]${BLANKS}|--(?:proxy-)?user[ \\t=]{1,4})${QUOTE}[^\\s:"']{1,128}:`,
  },
  { name: 'curl-bearer', hints: ['--oauth2-bearer'], before: `--oauth2-bearer[ \\t=]{1,4}${QUOTE}` },
  { name: 'dash-password', hints: [' -pass', '\t-pass'], before: `[ \\t]-pass(?:word|wd|phrase)[ \\t=]{1,4}${QUOTE}` },
  { name: 'sshpass-variable', hints: ['SSHPASS='], before: `SSHPASS=${QUOTE}` },
];
