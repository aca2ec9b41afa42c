import { GIVEN_KIND } from '../steps/kinds.ts';
import type { Step } from './model.ts';

/** A step that a person does on a website. Rollbook cannot see it, so the person states the result. */
export const dashboardStep = (id: string, url: string, title?: string, risk?: string): Step => ({
  line: 1,
  start: 0,
  end: 0,
  id,
  number: '1',
  title: title ?? `Use the web dashboard at ${url.replace(/^https?:\/\//, '').replace(/\/$/, '')}`,
  kind: GIVEN_KIND.website,
  commands: [],
  checks: [],
  messages: [],
  watch: null,
  risk: risk ?? 'Rollbook cannot see what is done there: you say what you saw.',
  link: url,
});
