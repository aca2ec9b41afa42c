/** What the title and the symptoms of an "Issue: ..." section are about. */
export const ABOUT_DEPLOY = /\b(?:deploy|images?)\b|rollback (?:fails|failed|does not)/i;
export const ABOUT_ACCESS =
  /\b(?:log(?:ged|ging)?[ -]?in|re-?authenticat\w*|access|reach(?:ed|able)?|network|connect\w*|credentials?)\b/i;
export const ABOUT_DATABASE = /\b(?:database|migrations?|sql)\b/i;
export const ABOUT_SYMPTOM =
  /\bhealthy\b.*\b(?:broken|fails?|wrong)\b|\bstill (?:broken|there|fail\w*)\b|health checks? pass/i;
