/** A service that a runbook can roll back, as its front matter declares it. */
import type { Expectation } from './expected.ts';

export type Service = ServiceFacts &
  (
    | { readonly platform: 'fly' }
    /** Its commands. The models that old incidents keep call them `contract`, so the field keeps that name. */
    | { readonly platform: 'generic'; readonly contract: ServiceCommands }
  );

interface ServiceFacts {
  /** What $SERVICE expands to; on Fly the name of the app. */
  readonly id: string;
  readonly title: string;
  /** The first health address; '' when none is declared. Never derived from the name. */
  readonly health: string;
  /** What counts as healthy, for each address. Absent: the address answers 200. */
  readonly healthChecks?: readonly HealthCheck[];
}

export interface HealthCheck {
  readonly url: string;
  readonly status: readonly number[];
  /** `value`: words of its value; null: it only has to be there. */
  readonly header?: { readonly name: string; readonly value: string | null };
  /** Words in the first 4,096 characters of the answer. */
  readonly body?: string;
  /** How many redirects are followed. */
  readonly redirects: number;
}

/** How a service of any platform is rolled back: the commands, and how to read them. The change is in the runbook's step. */
export interface ServiceCommands {
  readonly releases: {
    readonly command: ServiceCommand;
    readonly read: RowReader;
    readonly newest: 'first' | 'last';
    /** The statuses that can be gone back to; null: all. */
    readonly complete: readonly string[] | null;
  };
  readonly running: { readonly command: ServiceCommand; readonly read: RowReader };
  readonly prove: readonly {
    readonly command: ServiceCommand;
    readonly expects: Expectation;
    readonly withinMs: number;
  }[];
}

/** A command of the front matter, which only reads. */
export interface ServiceCommand {
  readonly text: string;
  readonly tool: string;
  readonly form: 'words' | 'script';
  /** Names of `$VARIABLES` used. */
  readonly variables: readonly string[];
}

/** How rows are read out of what a command prints. The fields are titles of columns, or JSON paths. */
export type RowReader =
  | { readonly kind: 'table'; readonly fields: RowFields }
  | { readonly kind: 'json'; readonly at: string; readonly fields: RowFields }
  /** A pattern (RE2) of one line, with named groups for the fields. */
  | { readonly kind: 'lines'; readonly pattern: string };

export interface RowFields {
  readonly release: string;
  readonly image?: string;
  readonly status?: string;
  readonly description?: string;
  readonly created?: string;
  readonly user?: string;
}
