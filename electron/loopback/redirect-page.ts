/**
 * The little page that carries a one-time link from this process to the browser: a command line is visible to every
 * user of the machine, a 0600 file is not. No script: a refresh works with scripts switched off as well.
 */
export function redirectPage(url: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta http-equiv="refresh" content="0;url=${url}">
<title>Rollbook</title>
</head>
<body><p><a href="${url}" rel="noreferrer">Open Rollbook</a></p></body>
</html>
`;
}
