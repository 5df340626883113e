/** What of an extension the objects of a schema depend on. */
export interface ExtensionObjects {
  readonly types: readonly string[];
  readonly functions: readonly string[];
  readonly operatorClasses: readonly string[];
}

const NOTHING: ExtensionObjects = { types: [], functions: [], operatorClasses: [] };

/** Extensions whose types, default functions or operator classes migrations use. */
const EXTENSIONS: Readonly<Record<string, Partial<ExtensionObjects>>> = {
  citext: { types: ["citext"] },
  cube: { types: ["cube"] },
  hstore: { types: ["hstore"] },
  isn: { types: ["ean13", "isbn", "isbn13", "ismn", "ismn13", "issn", "issn13", "upc"] },
  ltree: { types: ["ltree", "lquery", "ltxtquery"] },
  pg_trgm: {
    functions: ["similarity", "show_trgm", "word_similarity"],
    operatorClasses: ["gin_trgm_ops", "gist_trgm_ops"],
  },
  pgcrypto: { functions: ["gen_random_bytes", "gen_salt", "crypt", "digest", "hmac"] },
  postgis: {
    types: ["geometry", "geography", "box2d", "box3d"],
    operatorClasses: ["gist_geometry_ops_2d", "gist_geometry_ops_nd", "gist_geography_ops"],
  },
  seg: { types: ["seg"] },
  unaccent: { functions: ["unaccent"] },
  "uuid-ossp": {
    functions: [
      "uuid_generate_v1",
      "uuid_generate_v1mc",
      "uuid_generate_v3",
      "uuid_generate_v4",
      "uuid_generate_v5",
      "uuid_nil",
    ],
  },
  vector: {
    types: ["vector", "halfvec", "sparsevec"],
    operatorClasses: ["vector_l2_ops", "vector_ip_ops", "vector_cosine_ops"],
  },
};

/** The parts of an extension that other objects depend on; none for an extension that is not listed. */
export function extensionObjects(extension: string): ExtensionObjects {
  return { ...NOTHING, ...EXTENSIONS[extension] };
}
