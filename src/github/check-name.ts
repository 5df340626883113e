/** Name of the check, fixed: a required check is required by its name. */
export const CHECK_NAME = "migrate-verify";
