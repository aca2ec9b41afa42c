/** Intents about an expired login. */
import type { Intent } from '#shared/incident/intent.ts';
import { renewLogin } from '#core/login/renew.ts';
import { type Act, mustBeIdle, refuse } from '../../engine/incident-context.ts';

export const LOGIN_ACTS: { readonly [K in Extract<Intent['kind'], 'log-in' | 'skip-login'>]: Act<K> } = {
  'log-in': (context, { here }) => {
    const { login } = context.eventLog.state.branches;
    mustBeIdle(context.eventLog.state);
    if (login === null) throw refuse('No login has expired.', 'Go on with the step.');
    if (login.opened !== null) throw refuse(`${login.opened.command} is waited for already.`, 'Log in there.');
    return { drafts: [], effect: () => renewLogin(context, login.tool, here) };
  },

  'skip-login': ({ eventLog }, { reason }) => {
    const { login } = eventLog.state.branches;
    if (login === null) throw refuse('No login has expired.', 'Go on with the step.');
    const why = reason.trim() === '' ? 'left for now' : reason;
    return { drafts: [{ kind: 'login.ended', payload: { tool: login.tool, who: null, reason: why } }] };
  },
};
