/** What a command has to do to count as successful. */
/** Patterns are regular expressions in which `$NAME` is replaced by a variable's value; null: no rule. */
export interface Expectation {
  readonly exit: readonly number[];
  /** The output has to match it. */
  readonly expect: string | null;
  /** The output must not match it. */
  readonly reject: string | null;
  /** Rules that cannot be read, as written: whether they are met is not known. Absent if there are none. */
  readonly unread?: readonly string[];
}
