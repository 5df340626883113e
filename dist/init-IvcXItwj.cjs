const require_lint=require("./lint-CbEVd1oM.cjs");const require_first=require("./first-C4ob_J3m.cjs");require("./keeping-CAcylf3f.cjs");let node_path=require("node:path");let node_fs=require("node:fs");var CONFIG_PATH=`migrate-verify.yml`;async function init(args,terminal){let folder=(0,node_path.resolve)(terminal.cwd(),args.operands[0]??`.`),{root,files}=await require_lint.o(folder,{all:!0}),present=require_first.m.find(path=>(0,node_fs.existsSync)((0,node_path.join)(root,path)));if(present!==void 0)throw new require_first.dt(`${present} is there already; it was not changed.`,{hint:`Edit it, or remove it first.`});let sources=await require_lint.d(files.paths,require_first.pt),{projects}=require_lint.u(files,[],void 0,sources);return(0,node_fs.writeFileSync)((0,node_path.join)(root,CONFIG_PATH),initialConfig(projects),{flag:`wx`}),terminal.stdout.write(`Wrote ${CONFIG_PATH}. Found ${projects.length} ${projects.length===1?`project`:`projects`} of migrations.
Next: migrate-verify check
`),require_first.i.clean}function initialConfig(projects){let found=projects.map(({root,framework,migrations})=>`#   ${root}: ${framework}, ${migrations.length} migrations`);return`# migrate-verify needs no configuration: every setting below is the default.
# Found in this repository:
${found.length===0?`#   no migrations yet`:found.join(`
`)}

# The major version of PostgreSQL that production runs; several: [15, 17].
# Unknown means: safe on the oldest supported version, readable on the newest.
# postgres: 16

# recommended, or strict for the opt-in rules too.
extends: recommended

# The level at which findings fail the check: error, warning or never.
fail-on: error

# A rule that is switched off states why; the reason is shown in every report.
# rules:
#   require-lock-timeout: { severity: off, reason: "the runner sets it" }

# Migrations up to here are history, whatever changed.
# baseline: "000040"

verify:
  # expected: a missing down is said; required: it fails; off: downs are not run.
  down: expected
  limits: { statement: 10s, migration: 60s, total: 3m }
`}exports.init=init;