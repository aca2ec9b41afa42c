/** Tools with a login of their own: how a person logs in, and how it is asked whether somebody is, without changing anything. */
export interface ToolLogin {
  /** Wants a terminal. */
  readonly login: readonly string[];
  readonly ask: readonly string[];
  /** From what `ask` printed. */
  readonly who: (stdout: string) => string;
}

export const LOGINS: Readonly<Record<string, ToolLogin>> = {
  fly: {
    login: ['auth', 'login'],
    ask: ['auth', 'whoami', '--json'],
    who: (stdout) => /"email"\s*:\s*"([^"]+)"/.exec(stdout)?.[1] ?? 'somebody',
  },
  supabase: {
    login: ['login'],
    ask: ['projects', 'list', '-o', 'json'],
    who: () => 'a login that sees its projects',
  },
};

/** As a person types it. */
export const loginCommand = (tool: string): string => [tool, ...(LOGINS[tool]?.login ?? ['login'])].join(' ');
