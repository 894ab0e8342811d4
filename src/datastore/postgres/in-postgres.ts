/** The same statements by the same names: one that is missing, or that nobody asks, does not compile. */
export type InPostgres<Statements> = { readonly [Name in keyof Statements]: string };
