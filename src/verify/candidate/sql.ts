/** Statements without a semicolon at their end, empty for none; or why they cannot be made. */
export type Sql = { readonly sql: string } | { readonly reason: string };
