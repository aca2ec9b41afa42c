/** One step of the schema. Once released its SQL never changes: stores remember its checksum and refuse an edited one. */
export interface Migration {
  /** From 1, without gaps; becomes `PRAGMA user_version`. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
