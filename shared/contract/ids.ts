import { z } from 'zod';

/** A ULID (github.com/ulid/spec), as Rollbook gives incidents, runs and captures. */
export const ulidSchema = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'is no id of Rollbook');
