/** A kind of secret that is known by its looks, whatever stands around it. */
interface SecretToken {
  /** With its article. */
  readonly what: string;
  /** Global; its repeats are bounded, so that no text is slow. */
  readonly pattern: RegExp;
}

/** https://docs.github.com/en/code-security/reference/secret-security/supported-secret-scanning-patterns */
export const SECRET_TOKENS: readonly SecretToken[] = [
  { what: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  {
    what: "a GitHub token",
    pattern: /\b(?:gh[oprsu]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})/g,
  },
  { what: "a Stripe key", pattern: /\b[rs]k_live_[A-Za-z0-9]{16,255}/g },
  { what: "a Slack token", pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,255}/g },
  { what: "a Google API key", pattern: /\bAIza[\w-]{35}/g },
  {
    what: "a JSON Web Token",
    pattern: /\beyJ[\w-]{10,300}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}/g,
  },
  {
    what: "a private key",
    pattern: /-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY-----[^-]{0,8000}/g,
  },
];

/** No pattern of `SECRET_TOKENS` matches without one of these. */
export const SECRET_TOKEN_HINT =
  /AKIA|ASIA|gh[oprsu]_|github_pat_|k_live_|xox[abprs]-|AIza|eyJ|PRIVATE KEY/;
